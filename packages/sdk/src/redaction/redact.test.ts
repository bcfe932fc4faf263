import { expect, it } from 'vitest'
import { cutToWindow, MAX_REDACTED_LENGTH, redact } from './redact.ts'

// Put together at run time, so that no scanner takes this file for a leak.
const TOKEN = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('')
const PASSWORD = ['hunter', '2', 'Xyz'].join('')

it.each([
  [`DB_PASSWORD=${PASSWORD} retrying`, 'DB_PASSWORD=[redacted] retrying'],
  [`{"password":"${PASSWORD}","user":"ann"}`, '{"password":"[redacted]","user":"ann"}'],
  [`{ apiKey: '${PASSWORD}', retries: 3 }`, `{ apiKey: '[redacted]', retries: 3 }`],
  [`"{\\"token\\":\\"${PASSWORD}\\",\\"n\\":1}"`, '"{\\"token\\":\\"[redacted]\\",\\"n\\":1}"'],
  [`postgres://app:${PASSWORD}@db:5432/main`, 'postgres://app:[redacted]@db:5432/main'],
  [`redis://:${PASSWORD}@cache`, 'redis://:[redacted]@cache'],
  [`https://${TOKEN}@github.com/a/b`, 'https://[redacted]@github.com/a/b'],
  [`Authorization: Bearer ${TOKEN}\nHost: a`, 'Authorization: Bearer [redacted]\nHost: a'],
  [`{ authorization: 'Basic ${PASSWORD}' }`, `{ authorization: '[redacted]' }`],
  [`Cookie: a=1; sid=${PASSWORD}\nHost: a`, 'Cookie: [redacted]\nHost: a'],
  [`'set-cookie': [ 'a=1', 'b=${PASSWORD}' ], x`, `'set-cookie': [[redacted]], x`],
  [`git clone failed for ${TOKEN}.`, 'git clone failed for [redacted].'],
  [`POST /?user=ann&token=${PASSWORD}&n=1`, 'POST /?user=ann&token=[redacted]&n=1'],
  [`mysqldump --password ${PASSWORD} main`, 'mysqldump --password [redacted] main'],
  [`GET /?PHPSESSID=${PASSWORD}#a`, 'GET /?PHPSESSID=[redacted]'],
  [`<Password>${PASSWORD}</Password>`, '<Password>[redacted]</Password>'],
])('turns %j into %j', (text, expected) => {
  expect(redact(text)).toBe(expected)
})

it('takes a private key out over all its lines, with its end or without', () => {
  const head = ['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' ')
  const end = ['-----END RSA', 'PRIVATE KEY-----'].join(' ')

  expect(redact(`key:\n${head}\nMIIEow\nIBAAKC\n${end}\nnext`)).toBe(`key:\n${head}[redacted]${end}\nnext`)
  expect(redact(`key:\n${head}\nMIIEow\nIBAAKC`)).toBe(`key:\n${head}[redacted]`)
})

it('keeps an empty value and what follows it', () => {
  expect(redact('{"password":"","user":"ann"}')).toBe('{"password":"","user":"ann"}')
})

it('takes the whole of a quoted value, with an escaped quote and with spaces in it', () => {
  expect(redact('{"password":"one\\"two three","n":1}')).toBe('{"password":"[redacted]","n":1}')
})

it('keeps the first 64 KiB, and no half word at their end', () => {
  const words = 'word '.repeat(20_000)

  expect(redact('x'.repeat(100))).toHaveLength(100)
  expect(cutToWindow(words)).toHaveLength(MAX_REDACTED_LENGTH - (MAX_REDACTED_LENGTH % 5))
  expect(redact(`${'x '.repeat(32_760)}${TOKEN}`)).not.toContain(TOKEN.slice(0, 10))
  expect(cutToWindow('x'.repeat(1_000_000))).toHaveLength(MAX_REDACTED_LENGTH - 4_096)
})
