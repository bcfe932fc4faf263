import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { crontify, runCrontify, type ProcessUnderWay } from './crontify-process.ts'

const CONFIG = `
import { defineMonitor } from '@crontify/sdk'
const minutes = (count: number): number => count * 60
export const channels = [{ id: 'ops', kind: 'email', to: 'ops@example.com' }]
export const monitors = [
  defineMonitor({
    id: 'nightly-backup',
    schedule: '0 2 * * *',
    maxDurationSeconds: minutes(60),
    channels: ['ops'],
    rules: (meta) => [meta.records_processed.eq(0), meta.duration_ms.gt(1_000)],
  }),
]
`
let folder: string
let config: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crontify-dev-test-'))
  config = join(folder, 'crontify.config.ts')
  writeFileSync(config, CONFIG)
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts `crontify dev`, and reads the lines to paste from what it says. */
async function dev(...words: string[]) {
  const server = crontify(['dev', '--config', config, '--port', '0', ...words], {})
  onTestFinished(async () => {
    server.child.kill('SIGKILL')
    await server.ended
  })
  const text: string[] = []
  server.child.stdout?.on('data', (chunk: Buffer) => text.push(String(chunk)))
  await server.hasSaid('ends it.')
  const read = (name: string): string => new RegExp(`export ${name}=(\\S+)`).exec(text.join(''))?.[1] ?? ''
  const env = {
    CRONTIFY_API_KEY: read('CRONTIFY_API_KEY'),
    CRONTIFY_BASE_URL: read('CRONTIFY_BASE_URL'),
  }
  const exec = (...job: string[]) => runCrontify(['exec', 'nightly-backup', '--', ...job], env)
  return { ...server, env, exec, type: (line: string) => server.child.stdin?.write(`${line}\n`) }
}

const said = ({ hasSaid }: ProcessUnderWay, ...texts: string[]) =>
  Promise.all(texts.map((text) => hasSaid(text)))

it('says what to paste, shows pings and alerts as they come, and ends at SIGINT with 0', async () => {
  const server = await dev()

  expect((await server.exec('sh', '-c', 'echo "disk is full" >&2; exit 3')).code).toBe(3)
  await server.hasSaid('sent    to ops')
  server.child.kill('SIGINT')
  const { code, stdout, stderr } = await server.ended

  expect([code, stderr]).toEqual([0, ''])
  const lines = String(stdout).split('\n')
  expect(lines.find((line) => line.includes('ping'))).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  ping    nightly-backup start$/,
  )
  expect(lines.find((line) => line.includes('ALERT'))).toMatch(
    /ALERT   critical failure: .*sh exited with code 3: disk is full/,
  )
  expect(String(stdout)).not.toContain('\u001b')
})

it('shows every failure of a job that the command line can have', async () => {
  const server = await dev('--clock', 'virtual')
  const { exec, type, env } = server

  // 1. It does not run.
  await exec('true')
  type('26h')
  await server.hasSaid('critical missed: nightly-backup did not run')

  // 2. It hangs.
  const hanging = crontify(['exec', 'nightly-backup', '--', 'cat'], env)
  await server.hasSaid('nightly-backup start\n', 2)
  type('61m')
  await server.hasSaid('critical hung')
  hanging.child.stdin?.end()
  await hanging.ended

  // 3 and 4. It fails, and somebody hears of it, with what it wrote.
  await exec('sh', '-c', 'echo "cannot reach db" >&2; exit 1')
  await said(server, 'critical failure', 'sh exited with code 1: cannot reach db', 'to ops')

  // 5. It succeeds without doing anything.
  await exec('sh', '-c', 'echo records_processed=0 >> "$CRONTIFY_META_FILE"')
  await said(server, 'warning silent_failure', 'records_processed')

  // 6. It overlaps itself.
  const older = crontify(['exec', 'nightly-backup', '--', 'sh', '-c', 'echo up; cat'], env)
  await older.hasSaid('up')
  await server.hasSaid('nightly-backup start\n', 5)
  await exec('sh', '-c', 'sleep 0.5')
  await server.hasSaid('warning overlapped')
  older.child.stdin?.end()
  await older.ended

  // 7. It becomes slower.
  await exec('sleep', '1.1')
  await server.hasSaid('but duration_ms was')

  type('quit')
  expect((await server.ended).code).toBe(0)
})

it('reads a changed configuration again, and keeps the old one while the new one is broken', async () => {
  const server = await dev()
  let stderr = ''
  server.child.stderr?.on('data', (chunk: Buffer) => (stderr += String(chunk)))

  writeFileSync(config, CONFIG.replace('nightly-backup', 'user-sync'))
  await server.hasSaid('again: user-sync')
  writeFileSync(config, `${CONFIG}\nconst broken = {`)
  await expect.poll(() => stderr, { timeout: 10_000 }).toContain('The previous configuration is still in use')

  expect(stderr).toMatch(/crontify\.config\.ts:\d+: /)
  expect((await runCrontify(['ping', 'user-sync', 'success'], server.env)).code).toBe(0)
})

it('says clearly that a port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo

  const ended = await runCrontify(['dev', '--config', config, '--port', String(port)], {})

  expect(ended.code).toBe(1)
  expect(ended.stderr).toMatch(new RegExp(`port ${port} .*taken.* 0 `, 'i'))
})

it.each([
  ['config.json', '[{"id": "a",\n x}]', 1, /config\.json:2: /],
  ['config.js', 'export const other = 1', 1, /holds no monitors/],
  ['config.mjs', 'export default [{ id: "a", shedule: "0 2 * * *" }]', 2, /schedule/],
  ['config.cjs', 'module.exports = { monitors: [{ id: "a", graceSeconds: -1 }] }', 2, /graceSeconds/],
  ['config.js', 'throw new Error("no database")', 1, /config\.js:1: no database\n +at .*config\.js:1/],
])('refuses %s that says %j', async (name, text, code, message) => {
  const file = join(folder, name)
  writeFileSync(file, text)

  const ended = await runCrontify(['dev', '--config', file, '--port', '0'], {})

  expect(ended.code).toBe(code)
  expect(ended.stderr).toMatch(message)
})

it.each([
  [['dev', '--config', 'gone.ts'], 'There is no configuration gone.ts'],
  [['dev', '--port', '0', 'surplus'], 'unexpected argument: surplus'],
  [['dev', '--clok', 'virtual'], 'Did you mean --clock?'],
])('ends %j with 2', async (words, text) => {
  const ended = await runCrontify(words, {})

  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain(text)
})

it('ends at the end of piped input, and says which monitors were never pinged', async () => {
  const server = await dev('--clock', 'virtual')
  server.type('?')
  server.type('26h')
  server.child.stdin?.end()

  const { code, stdout } = await server.ended

  expect(code).toBe(0)
  expect(String(stdout)).toContain('quit, or the end of the input, ends it.')
  expect(String(stdout)).toMatch(/\nClock: .*\nnote: never pinged: nightly-backup\n$/)
})

it('says that the field of a rule was not sent', async () => {
  const server = await dev()

  await server.exec('true')

  await server.hasSaid(
    'note: nightly-backup has a rule on "records_processed", which this success did not send',
  )
})

it('prints JSON, one object a line', async () => {
  const { child, ended } = crontify(
    ['dev', '--config', config, '--port', '0', '--json', '--clock', 'virtual'],
    {},
  )
  child.stdin?.end('1m\n')

  const lines = String((await ended).stdout)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; url?: string })

  expect(lines.map(({ type }) => type)).toEqual(['listening', 'clock', 'gap'])
  expect(lines[0]?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})
