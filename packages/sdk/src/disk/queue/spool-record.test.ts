import { expect, it } from 'vitest'
import { spoolRecord } from '../../../test/support/spool-records.ts'
import { readSpoolRecord } from './spool-record.ts'

const good = spoolRecord({
  runId: 'run-1',
  body: { errorMessage: 'disk is full', meta: { files_copied: 120 }, logOutput: 'df: /var 100 %' },
})

it('reads a record back as it is', () => {
  expect(readSpoolRecord(JSON.parse(JSON.stringify(good)))).toEqual(good)
})

it('reads a record without a body', () => {
  const bare = spoolRecord({ runId: 'run-1', kind: 'success', pathPrefix: '/crontify/v2' })

  expect(readSpoolRecord(bare)).toEqual(bare)
})

it.each<[string, Readonly<Record<string, unknown>>]>([
  ['another version', { version: 2 }],
  ['a start', { kind: 'start' }],
  ['a monitor id that leads to another path', { monitorId: '../x' }],
  ['a monitor id that is a list', { monitorId: ['nightly-backup'] }],
  ['a run id that ends a header line', { runId: 'run-1\r\nX-Admin: 1' }],
  ['an id of another kind', { id: 7 }],
  ['an id without end', { id: 'x'.repeat(201) }],
  ['an origin with a path', { origin: 'https://api.crontify.com/evil' }],
  ['an origin with a password', { origin: 'https://user:secret@api.crontify.com' }],
  ['an origin that is no URL', { origin: 'api.crontify.com' }],
  ['a path prefix with a query', { pathPrefix: '/?to=' }],
  ['a path prefix that makes another host', { pathPrefix: '.evil.test' }],
  ['a fingerprint that is a whole key', { keyFingerprint: 'ck_live_SENTINEL0123456789abcdef' }],
  ['a date in words', { occurredAt: 'Mon, 05 Jan 2026 02:00:00 GMT' }],
  ['a date that does not exist', { occurredAt: '2026-13-45T02:00:00.000Z' }],
  ['a date before there were 13 digits', { occurredAt: '1999-01-05T02:00:00.000Z' }],
  ['a date of the far future', { occurredAt: '9999-01-05T02:00:00.000Z' }],
  ['an unknown field', { headers: { authorization: 'x' } }],
  ['a body that is a text', { body: 'errorMessage' }],
  ['a body with an unknown field', { body: { admin: true } }],
  ['a message that is too long', { body: { errorMessage: 'x'.repeat(501) } }],
  ['a message that is no text', { body: { errorMessage: {} } }],
  ['a log that is too long', { body: { logOutput: 'x'.repeat(10_001) } }],
  ['metadata that is a list', { body: { meta: [1] } }],
  ['metadata that is no number', { body: { meta: { count: '7' } } }],
  ['metadata that is null', { body: { meta: null } }],
  ['a success with a log', { kind: 'success', body: { logOutput: 'x' } }],
])('refuses %s', (_name, change) => {
  expect(readSpoolRecord({ ...good, ...change })).toBeUndefined()
})

it.each([
  'version',
  'id',
  'monitorId',
  'runId',
  'kind',
  'occurredAt',
  'origin',
  'pathPrefix',
  'keyFingerprint',
])('refuses a record without %s', (name) => {
  const { [name]: _, ...rest } = { ...good } as Record<string, unknown>

  expect(readSpoolRecord(rest)).toBeUndefined()
})

it('refuses a prototype that came in as JSON', () => {
  const text = JSON.stringify(good).replace('{', '{"__proto__":{"kind":"fail"},')

  expect(readSpoolRecord(JSON.parse(text))).toBeUndefined()
})

it.each([undefined, null, [], 'record', 7])('refuses %j', (value) => {
  expect(readSpoolRecord(value)).toBeUndefined()
})
