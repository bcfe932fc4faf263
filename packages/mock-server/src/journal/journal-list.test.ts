import { expect, it } from 'vitest'
import { createJournalList } from './journal-list.ts'
import { assertNoUnexpected } from './unexpected-requests.ts'

const KEY = 'a key of an unusual form'
const journalOf = (limit = 100): ReturnType<typeof createJournalList> =>
  createJournalList({ limit, now: () => '2026-01-05T00:00:00.000Z', apiKeys: [KEY] })
const request = { method: 'POST', path: '/api/v1/ping/job/fail', monitorId: 'job', kind: 'fail' } as const
const refusal = { reason: 'unknownMonitor', message: 'There is no monitor with this id' } as const

it('keeps what a ping said, and of its log only what alerts show', () => {
  const journal = journalOf()

  journal.recordRequest(request, {
    statusCode: 200,
    ping: {
      kind: 'fail',
      runId: 'r1',
      at: '2026-01-05T00:00:00.000Z',
      errorMessage: 'disk full',
      logOutput: 'x'.repeat(9_000),
    },
  })

  expect(journal.entries()).toEqual([
    {
      ...request,
      type: 'request',
      number: 1,
      at: '2026-01-05T00:00:00.000Z',
      outcome: 'accepted',
      statusCode: 200,
      isUnexpected: false,
      ping: {
        runId: 'r1',
        at: '2026-01-05T00:00:00.000Z',
        errorMessage: 'disk full',
        logSnippet: 'x'.repeat(500),
      },
    },
  ])
})

it('has no key in it, known or not', () => {
  const journal = journalOf()

  journal.recordRequest({ method: 'GET', path: `/?key=${KEY}&other=ck_live_abc123` }, { refusal })
  journal.recordRequest(request, {
    ping: {
      kind: 'fail',
      runId: 'r',
      at: '2026-01-05T00:00:00.000Z',
      errorMessage: `401 for ${KEY}`,
      logOutput: 'ck_live_abc123',
    },
  })

  const text = JSON.stringify(journal.entries())
  expect(text).not.toContain(KEY)
  expect(text).not.toContain('ck_live')
})

it('forgets the oldest, and goes on counting', () => {
  const journal = journalOf(2)
  for (let count = 0; count < 5; count += 1) journal.recordRequest(request, {})

  expect(journal.entries().map(({ number }) => number)).toEqual([4, 5])
  expect(journal.dropped()).toBe(3)
})

it('cuts a path that is too long to be one', () => {
  const journal = journalOf()
  expect(
    journal.recordRequest({ method: 'GET', path: `/${'x'.repeat(9_999)}` }, { refusal }).path,
  ).toHaveLength(300)
})

it('lists what was unexpected, each with what was wrong', () => {
  const journal = journalOf()
  journal.recordRequest(request, { statusCode: 404, refusal })
  journal.recordRequest(request, { statusCode: 429, refusal: { reason: 'rateLimited', message: 'Too many' } })
  journal.recordRequest(request, { statusCode: 200 })

  expect(() => {
    assertNoUnexpected(journal.entries(), 7)
  }).toThrow(
    '1 unexpected request reached the mock server:\n' +
      '  2026-01-05T00:00:00.000Z POST /api/v1/ping/job/fail → 404: There is no monitor with this id\n' +
      '  (7 older requests were forgotten: see "keep.requests")',
  )
})

it('lists twenty of many', () => {
  const journal = journalOf()
  for (let count = 0; count < 25; count += 1) journal.recordRequest(request, { refusal })

  expect(() => {
    assertNoUnexpected(journal.entries(), 0)
  }).toThrow('… and 5 more')
})
