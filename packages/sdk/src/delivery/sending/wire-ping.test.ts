import { expect, it } from 'vitest'
import type { HeldPing } from '../held-ping.ts'
import { latenessPrefix } from '../rules/lateness.ts'
import { wirePing, type Destination } from './wire-ping.ts'

const AT = Date.parse('2026-11-23T01:02:03.456Z')
const destination: Destination = {
  origin: 'https://api.crontify.com',
  pathPrefix: '',
  apiKey: 'ck_live_example',
  userAgent: 'test',
  wireHeaders: true,
  ratePerMinute: 120,
  exitRoute: {},
}
const fail: HeldPing = {
  id: 'run-1.fail',
  monitorId: 'nightly-backup',
  runId: 'run-1',
  kind: 'fail',
  body: { errorMessage: 'disk is full', meta: { rows: 1 }, logOutput: 'stack' },
  occurredAt: AT,
  queuedAt: 0,
  expiresAt: 0,
  notBefore: 0,
  attempts: 3,
  detail: 'full',
  timeoutMs: 3_000,
  atExit: true,
}

it('says in headers which run it is, which attempt, and when it happened', () => {
  expect(wirePing(fail, destination, AT + 1_000, 0).headers).toMatchObject({
    'X-API-Key': 'ck_live_example',
    'idempotency-key': 'run-1.fail',
    'x-client-run-id': 'run-1',
    'x-occurred-at': '2026-11-23T01:02:03.456Z',
    'x-sent-at': '2026-11-23T01:02:04.456Z',
    'x-attempt': '3',
  })
})

it('tells instants by the clock of the service', () => {
  const { headers } = wirePing(fail, destination, AT, 600_000)

  expect(headers['x-occurred-at']).toBe('2026-11-23T01:12:03.456Z')
})

it('leaves out instants where the clock tells no time, and all of it where that is asked for', () => {
  expect(wirePing({ ...fail, occurredAt: Number.NaN }, destination, AT, 0).headers).not.toHaveProperty(
    'x-occurred-at',
  )
  expect(Object.keys(wirePing(fail, { ...destination, wireHeaders: false }, AT, 0).headers)).toEqual([
    'X-API-Key',
    'accept',
    'accept-encoding',
    'user-agent',
    'content-type',
  ])
})

it.each([
  ['full', { errorMessage: 'disk is full', meta: { rows: 1 }, logOutput: 'stack' }],
  ['no-log', { errorMessage: 'disk is full', meta: { rows: 1 } }],
  ['bare', undefined],
] as const)('sends documented fields only: %s', (detail, body) => {
  const sent = wirePing({ ...fail, detail }, destination, AT, 0).body

  expect(sent === undefined ? undefined : JSON.parse(sent)).toEqual(body)
})

it('says in its message that a failure is late, within 500 characters', () => {
  const late = AT + (2 * 60 + 13) * 60_000
  const long = { ...fail, body: { errorMessage: 'm'.repeat(500) } }

  expect(wirePing(fail, destination, late, 0).body).toContain(
    '"errorMessage":"[delivered 2 h 13 m late; happened 2026-11-23T01:02:03Z] disk is full"',
  )
  const { errorMessage } = JSON.parse(wirePing(long, destination, late, 0).body ?? '') as {
    errorMessage: string
  }
  expect(errorMessage).toHaveLength(500)
})

it('calls a failure late after more than a minute', () => {
  expect(latenessPrefix(AT, AT + 60_000)).toBe('')
  expect(latenessPrefix(AT, AT + 60_001)).toBe('[delivered 1 m late; happened 2026-11-23T01:02:03Z] ')
  expect(latenessPrefix(AT, AT + 26 * 3_600_000)).toContain('1 d 2 h late')
  expect(latenessPrefix(Number.NaN, AT)).toBe('')
})
