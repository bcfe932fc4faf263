import { expect, it } from 'vitest'
import { redact } from './redact.ts'

// Put together at run time, so that no scanner takes this file for a leak.
const TOKEN = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('')
const PASSWORD = ['hunter', '2', 'Xyz'].join('')

it.each([
  [`DB_PASSWORD=${PASSWORD} retrying`, 'DB_PASSWORD=[redacted] retrying'],
  [`{"password":"${PASSWORD}","user":"ann"}`, '{"password":"[redacted]","user":"ann"}'],
  [`{"password":{"value":"${PASSWORD}"},"user":"ann"}`, '{"password":{[redacted]},"user":"ann"}'],
  [`{"tokens":["${PASSWORD}","${PASSWORD}"],"n":1}`, '{"tokens":[[redacted]],"n":1}'],
  [`{ secrets: { a: '${PASSWORD}', b: 1 }, n: 1 }`, '{ secrets: {[redacted]}, n: 1 }'],
  ['{"tokens":{"prompt":12,"reply":7}}', '{"tokens":{"prompt":12,"reply":7}}'],
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
  [`curl -fsS -u ann:${PASSWORD} https://a.test`, 'curl -fsS -u ann:[redacted] https://a.test'],
  [`wget --user=ann:${PASSWORD}`, 'wget --user=ann:[redacted]'],
  [`mysqldump -h db -u root -p${PASSWORD} main`, 'mysqldump -h db -u root -p[redacted] main'],
  [`sshpass -p ${PASSWORD} ssh a@b`, 'sshpass -p [redacted] ssh a@b'],
  [`sshpass -p${PASSWORD} ssh a@b`, 'sshpass -p[redacted] ssh a@b'],
  [
    `Digest username="ann", response="${'6629fae4'.repeat(4)}"`,
    'Digest username="ann", response="[redacted]"',
  ],
  [
    `Authorization: Digest username="ann", response="${PASSWORD}"\nHost: a`,
    'Authorization: Digest [redacted]\nHost: a',
  ],
  ['Authorization: hunter2Zq9XyW3', 'Authorization: [redacted]'],
  ['Authorization: required', 'Authorization: required'],
  [`["mysqldump","--password","${PASSWORD}"]`, '["mysqldump","--password","[redacted]"]'],
  [
    'the password is hunter2Zq9XyW3, and the token is "abc12345"',
    'the password is [redacted], and the token is "[redacted]"',
  ],
  ['the token is expired since 2026-01-05', 'the token is expired since 2026-01-05'],
  [`sqlplus scott/${PASSWORD}@orcl @nightly.sql`, 'sqlplus scott/[redacted]@orcl @nightly.sql'],
  [`jdbc:oracle:thin:scott/${PASSWORD}@//db/orcl`, 'jdbc:oracle:thin:scott/[redacted]@//db/orcl'],
  [`cannot open scott/${PASSWORD}@db.test:1521/orcl`, 'cannot open scott/[redacted]@db.test:1521/orcl'],
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

it.each([
  'docker run -u 1000:1000 backup',
  'uses: actions/checkout@v4',
  'npm warn deprecated @types/node@20.1.0, lodash/fp@4.17.0',
  'ERROR 1045 (28000): Access denied for user',
  'mysql -h db -e "select 1" main',
  'response=200 in 3 ms',
])('leaves %j as it is', (line) => {
  expect(redact(line)).toBe(line)
})
