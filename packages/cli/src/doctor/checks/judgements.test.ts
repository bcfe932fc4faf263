import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooseProxy } from '@crontify/sdk/adapter'
import { expect, it, onTestFinished } from 'vitest'
import { judgeHandshake } from './certificate.ts'
import { judgeClock } from './clock-skew.ts'
import { judgeConnection } from './connection.ts'
import { judgeLookup } from './name-lookup.ts'
import { judgeNodeVersion } from './node-version.ts'
import { judgeProxy } from './proxy.ts'
import { judgeSpoolDirectory } from './spool-directory.ts'

const NOW = Date.parse('2026-03-01T00:00:00Z')
const API = new URL('https://api.crontify.com')

it.each([
  ['20.18.1', 'ok'],
  ['20.18.0', 'problem'],
  ['18.20.8', 'problem'],
  ['22.0.0', 'ok'],
  ['20.19.0', 'ok'],
])('calls Node %s %s', (version, level) => {
  expect(judgeNodeVersion(version).level).toBe(level)
})

const proxyOf = (env: Record<string, string>, origin = API.origin) =>
  judgeProxy(chooseProxy(origin, undefined, env))

it.each([
  [{}, 'ok', 'none'],
  [{ HTTPS_PROXY: 'http://u:p@proxy.internal:3128' }, 'ok', 'proxy.internal:3128, from HTTPS_PROXY'],
  [{ all_proxy: 'http://proxy.internal:8080' }, 'ok', 'proxy.internal:8080, from all_proxy'],
  [{ HTTPS_PROXY: 'http://p', NO_PROXY: '.crontify.com' }, 'ok', 'none'],
])('reports for %j the proxy that the client uses', (env, level, says) => {
  expect(proxyOf(env)).toMatchObject([{ level, says }])
})

it('reports an unreadable proxy as a problem, and shows no password', () => {
  const env = { HTTPS_PROXY: 'socks5://user:hunter2@proxy.internal:1080' }

  expect(proxyOf(env)[0]).toMatchObject({ level: 'problem' })
  expect(JSON.stringify(proxyOf(env))).not.toContain('hunter2')
  expect(proxyOf(env, 'http://127.0.0.1:4747')).toMatchObject([{ level: 'ok', says: 'none' }])
})

it.each([
  ['2026-03-01T00:00:05Z', 'ok'],
  ['2026-02-28T23:59:55Z', 'ok'],
  ['2026-03-01T00:00:06Z', 'warning'],
  ['2026-02-28T23:00:00Z', 'warning'],
  [undefined, 'warning'],
  ['yesterday', 'warning'],
])('calls the clock, when the server says %s, %s', (date, level) => {
  expect(judgeClock(date, NOW).level).toBe(level)
})

it('says in which direction the clock is wrong', () => {
  expect(judgeClock('2026-02-28T23:59:00Z', NOW).says).toBe('this machine is 60 s ahead of the server')
  expect(judgeClock('2026-03-01T00:01:00Z', NOW).says).toBe('this machine is 60 s behind the server')
})

it('warns of a certificate that ends within two weeks', () => {
  const until = (validTo: string) => judgeHandshake({ type: 'trusted', validTo }, NOW).level

  expect(until('Mar 15 00:00:00 2026 GMT')).toBe('ok')
  expect(until('Mar 14 23:59:59 2026 GMT')).toBe('warning')
  expect(judgeHandshake({ type: 'failed', code: 'SELF_SIGNED_CERT_IN_CHAIN' }, NOW).fix).toContain(
    'NODE_EXTRA_CA_CERTS',
  )
})

it('has a fix for every problem of the way', () => {
  const problems = [
    judgeLookup('a.invalid', 'ENOTFOUND'),
    judgeLookup('a.invalid', 'EAI_AGAIN'),
    ...['ECONNREFUSED', 'timeout', 'ENETUNREACH'].map((how) => judgeConnection({ host: 'a', port: 1 }, how)),
  ]

  expect(problems.map(({ level }) => level)).toEqual(problems.map(() => 'problem'))
  expect(problems.every(({ fix }) => (fix ?? '') !== '')).toBe(true)
})

it('looks at the spool directory without making it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crontify-doctor-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const uid = process.getuid?.() ?? 0
  const level = (path: string, user = uid) => judgeSpoolDirectory(path, user).level
  chmodSync(folder, 0o700)
  writeFileSync(join(folder, 'file'), '')

  expect(judgeSpoolDirectory(undefined, uid).level).toBe('ok')
  expect(level(folder)).toBe('ok')
  expect(level(join(folder, 'new'))).toBe('ok')
  expect(level(join(folder, 'file'))).toBe('warning')
  expect(level(join(folder, 'no', 'parent'))).toBe('warning')
  expect(level(folder, uid + 1)).toBe('warning')
  chmodSync(folder, 0o770)
  expect(level(folder)).toBe('warning')
})
