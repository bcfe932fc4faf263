import { expect, it } from 'vitest'
import { createKeyLineFilter, isInPrivateKey, redactPrivateKeys } from './private-keys.ts'

// Put together at run time, so that no scanner takes this file for a leak.
const begin = (kind: string): string => ['-----BEGIN', `${kind}PRIVATE`, 'KEY-----'].join(' ')
const end = (kind: string): string => ['-----END', `${kind}PRIVATE`, 'KEY-----'].join(' ')
const BODY = Array.from(
  { length: 2_000 },
  (_, index) => `MIIBODY${index}abcdefghijklmnopqrstuvwxyz0123456789+/`,
)

function filtered(lines: readonly string[]): string[] {
  const filter = createKeyLineFilter()
  return lines.map(filter).filter((line) => line !== undefined)
}

it.each(['', 'RSA ', 'OPENSSH ', 'ENCRYPTED '])(
  'takes a %sprivate key out of lines that come one by one',
  (kind) => {
    expect(filtered(['before', begin(kind), ...BODY, end(kind), 'after'])).toEqual([
      'before',
      '[private key redacted]',
      'after',
    ])
  },
)

it('takes a key out whose lines have time stamps in front of them', () => {
  const stamped = [begin('RSA '), ...BODY.slice(0, 5), end('RSA ')].map((line) => `02:00:01 info ${line}`)

  expect(filtered([...stamped, 'after'])).toEqual(['02:00:01 info [private key redacted]', 'after'])
})

it('takes a key out whose lines are fields of JSON', () => {
  const asJson = (msg: string): string => JSON.stringify({ level: 30, msg, hostname: 'production-1' })
  const lines = [begin('RSA '), ...BODY.slice(0, 5), 'copied 3 files', end('RSA '), 'after']
  const kept = filtered(lines.map(asJson))

  expect(kept.join('\n')).not.toContain('MIIBODY')
  expect(kept.slice(1)).toEqual([asJson('copied 3 files'), asJson('after')])
})

it('keeps what is said after a key that never ends', () => {
  expect(filtered([begin(''), 'MIIEowIBAAKC', 'copied 3 files', 'disk is full: 9 GB needed'])).toEqual([
    '[private key redacted]',
    'copied 3 files',
    'disk is full: 9 GB needed',
  ])
})

it('takes out a key that begins and ends within one line', () => {
  const line = `{"private_key":"${begin('')}\\nMIIEowIBAAKC\\n${end('')}"}`

  expect(filtered([line, 'after'])).toEqual([`{"private_key":"${begin('')}[redacted]${end('')}"}`, 'after'])
  expect(redactPrivateKeys(line)).not.toContain('MIIE')
})

it('knows whether an index is inside a key', () => {
  const text = `a ${begin('')} MIIE ${end('')} b ${begin('')} MIIE`

  expect(isInPrivateKey(text, 1)).toBe(false)
  expect(isInPrivateKey(text, text.indexOf('MIIE'))).toBe(true)
  expect(isInPrivateKey(text, text.indexOf(' b '))).toBe(false)
  expect(isInPrivateKey(text, text.length)).toBe(true)
})
