import { expect, it } from 'vitest'
import { readPing } from './ping-request.ts'

const meta = '{"meta":{"records":3,"ratio":0.5}}'

// [D PINGHTTP]
it('reads metadata on success and on fail', () => {
  expect(readPing('success', meta)).toEqual({
    ok: true,
    ping: { kind: 'success', meta: { records: 3, ratio: 0.5 } },
  })
  expect(readPing('fail', meta)).toEqual({
    ok: true,
    ping: { kind: 'fail', meta: { records: 3, ratio: 0.5 } },
  })
})

// [D PINGHTTP]
it('reads error message and log on fail only', () => {
  const text = '{"errorMessage":"disk full","logOutput":"at copy"}'

  expect(readPing('fail', text)).toEqual({
    ok: true,
    ping: { kind: 'fail', errorMessage: 'disk full', logOutput: 'at copy' },
  })
  expect(readPing('success', text)).toEqual({ ok: true, ping: { kind: 'success' } })
})

// [D PINGHTTP]
it.each(['start', 'success', 'fail'] as const)('takes a %s without a body', (kind) => {
  expect(readPing(kind, '')).toEqual({ ok: true, ping: { kind } })
})

it('ignores whatever comes with a start, and fields that it does not know', () => {
  expect(readPing('start', 'not JSON')).toEqual({ ok: true, ping: { kind: 'start' } })
  expect(readPing('fail', '{"colour":"red"}')).toEqual({ ok: true, ping: { kind: 'fail' } })
})

// Cutting is a choice [?]
it.each([
  [500, 500],
  [501, 500],
])('cuts an error message of %d characters to %d', (length, kept) => {
  expect(readPing('fail', JSON.stringify({ errorMessage: 'x'.repeat(length) }))).toEqual({
    ok: true,
    ping: { kind: 'fail', errorMessage: 'x'.repeat(kept) },
  })
})

// [D PINGHTTP, LOG]
it.each([10_000, 10_001])('keeps the first 10,000 characters of a log of %d', (length) => {
  const logOutput = `head${'x'.repeat(length - 8)}tail`

  expect(readPing('fail', JSON.stringify({ logOutput }))).toEqual({
    ok: true,
    ping: { kind: 'fail', logOutput: logOutput.slice(0, 10_000) },
  })
})

it.each([
  ['{', 'not JSON'],
  ['null', 'not a JSON object'],
  ['[]', 'not a JSON object'],
  ['"text"', 'not a JSON object'],
  ['{"meta":null}', '"meta" is not an object'],
  ['{"meta":[1]}', '"meta" is not an object'],
  ['{"meta":5}', '"meta" is not an object'],
  ['{"meta":{"records":"3"}}', 'an entry "records"'],
  ['{"meta":{"fine":1,"records":1e999}}', 'an entry "records"'],
  ['{"meta":{"nested":{"a":1}}}', 'an entry "nested"'],
  ['{"meta":{"__proto__":1}}', 'an entry "__proto__"'],
  ['{"errorMessage":5}', '"errorMessage" is not a string'],
  ['{"logOutput":["a"]}', '"logOutput" is not a string'],
  ['{"errorMessage":null}', '"errorMessage" is not a string'],
])('refuses %s: %s', (text, why) => {
  const read = readPing('fail', text)

  expect(read).toMatchObject({ ok: false })
  expect(read.ok ? '' : read.message).toContain(why)
})
