import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { crontify, runCrontify, type Environment } from './crontify-process.ts'

const KEY = 'ck_live_exec_tests'
let server: MockServer
let env: Environment
let folder: string

beforeEach(async () => {
  server = await createMockServer({
    monitors: [{ id: 'nightly-backup' }],
    apiKeys: [KEY],
    rateLimitPerMinute: Infinity,
  })
  folder = mkdtempSync(join(tmpdir(), 'crontify-exec-test-'))
  env = { CRONTIFY_API_KEY: KEY, CRONTIFY_BASE_URL: server.url, TMPDIR: folder }
})

afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const exec = (...words: string[]) => runCrontify(['exec', 'nightly-backup', ...words], env)
const shell = (script: string, ...options: string[]) => exec(...options, '--', 'sh', '-c', script)
const runs = () =>
  server.runs('nightly-backup').map(({ status, meta, errorMessage }) => ({ status, meta, errorMessage }))
const kinds = () => server.pings().map(({ kind }) => kind)

async function logOfLastRun(): Promise<string> {
  const run = server.runs('nightly-backup').at(-1)
  const path = `/api/v1/monitors/nightly-backup/runs/${run?.runId ?? ''}/log`
  return (await fetch(server.url + path, { headers: { 'X-API-Key': KEY } })).text()
}

it('runs a command between a start and a success', async () => {
  const ended = await exec('--', 'echo', 'copied', '--strict')

  expect(ended).toMatchObject({ code: 0, signal: null, stderr: '' })
  expect(String(ended.stdout)).toBe('copied --strict\n')
  expect(kinds()).toEqual(['start', 'success'])
  const [{ meta } = { meta: {} }] = runs()
  expect(meta).toEqual({ exit_code: 0, duration_ms: expect.any(Number) as number })
})

it('hands on the exit code of a command that failed, and what it wrote as log', async () => {
  const ended = await shell('echo 3 tables; echo "cannot reach db: password=hunter2secret" >&2; exit 3')

  expect(ended.code).toBe(3)
  expect(ended.stderr).toBe('cannot reach db: password=hunter2secret\n')
  const [run] = runs()
  expect(run?.status).toBe('failed')
  expect(run?.errorMessage).toMatch(/^sh exited with code 3: cannot reach db: password=/)
  expect(run?.meta).toMatchObject({ exit_code: 3 })
  const log = await logOfLastRun()
  expect(log).toContain('3 tables')
  expect(log).toContain('cannot reach db')
  expect(log + (run?.errorMessage ?? '')).not.toContain('hunter2secret')
})

it('leaves standard input to the command', async () => {
  const { child, ended } = crontify(['exec', 'nightly-backup', '--', 'cat'], env)
  child.stdin?.end('from the pipe')

  expect(String((await ended).stdout)).toBe('from the pipe')
})

it('passes bytes on that are no text, and keeps them out of the log', async () => {
  const ended = await shell(`printf '\\000\\377\\376\\200\\001\\002'; exit 1`)

  expect([...ended.stdout]).toEqual([0, 255, 254, 128, 1, 2])
  expect(await logOfLastRun()).toContain('[binary output, 6 bytes]')
})

it('passes 100 MB on in bounded memory, and keeps the end of it', async () => {
  const ended = await shell(
    `yes 0123456789abcde | head -c 104857600; echo; echo last line; grep VmHWM /proc/$PPID/status >&2; exit 1`,
  )

  expect(ended.stdout.length).toBe(104_857_600 + 11)
  expect(await logOfLastRun()).toContain('last line')
  const [, peakKb = 'Infinity'] = /VmHWM:\s+(\d+) kB/.exec(ended.stderr) ?? ['', '0']
  expect(Number(peakKb)).toBeLessThan(150_000)
})

it('ends with 127 where there is no such command, and 126 where it may not be run', async () => {
  const script = join(folder, 'job')
  writeFileSync(script, 'no program', { mode: 0o644 })

  expect(await exec('--', 'no-such-command')).toMatchObject({
    code: 127,
    stderr: 'crontify: no-such-command: command not found\n',
  })
  expect((await exec('--', script)).code).toBe(126)
  expect(runs().map(({ status, errorMessage }) => [status, errorMessage])).toEqual([
    ['failed', 'no-such-command: command not found'],
    ['failed', `${script}: permission denied (chmod +x?)`],
  ])
})

it.each(['SIGTERM', 'SIGKILL', 'SIGSEGV', 'SIGPIPE'] as const)(
  'dies of %s when the command does',
  async (signal) => {
    const ended = await shell(`ulimit -c 0; kill -${signal.slice(3)} $$`)

    expect(ended).toMatchObject({ code: null, signal })
    expect(runs()).toMatchObject([{ status: 'failed', errorMessage: `sh was killed by ${signal}` }])
  },
)

it('hands SIGINT on without a terminal', async () => {
  const job = `trap 'exit 7' INT; echo up; while :; do sleep 0.05; done`
  const { child, ended, hasSaid } = crontify(['exec', 'nightly-backup', '--', 'sh', '-c', job], env)
  await hasSaid('up')

  child.kill('SIGINT')

  expect((await ended).code).toBe(7)
})

it.each(['SIGTERM', 'SIGHUP', 'SIGUSR1'] as const)(
  'hands %s on to everything the command has started, and leaves the answer to the command',
  async (signal) => {
    const name = signal.slice(3)
    const inner = `trap "echo inner; exit" ${name}; echo up; while :; do sleep 0.05; done`
    const outer = `trap 'echo outer; exit 7' ${name}; sh -c '${inner}' & echo up; while :; do sleep 0.05; done`
    const { child, ended, hasSaid } = crontify(['exec', 'nightly-backup', '--', 'sh', '-c', outer], env)
    await hasSaid('up\nup\n')

    child.kill(signal)
    await hasSaid('inner')
    const { code, stdout } = await ended

    expect(code).toBe(7)
    expect(String(stdout)).toContain('outer')
    expect(runs()).toMatchObject([{ status: 'failed', meta: { exit_code: 7 } }])
  },
)

it('leaves the job alone when it is killed itself, and reports it at the next call if it has a spool', async () => {
  const spool = ['--spool-directory', join(folder, 'spool')]
  const job = 'echo up; read line; echo "still here" >&2'
  const { child, ended, hasSaid } = crontify(['exec', 'nightly-backup', ...spool, '--', 'sh', '-c', job], env)
  await hasSaid('up')
  await expect.poll(kinds, { timeout: 30_000 }).toEqual(['start'])
  const spooled = () => readdirSync(join(folder, 'spool'), { recursive: true }).length
  await expect.poll(spooled, { timeout: 30_000 }).toBeGreaterThan(0)

  child.kill('SIGKILL')
  child.stdin?.end('\n')
  expect((await ended).signal).toBe('SIGKILL')
  expect(kinds()).toEqual(['start'])
  expect((await exec(...spool, '--', 'true')).code).toBe(0)

  expect(kinds()).toEqual(['start', 'fail', 'start', 'success'])
})

it('takes metadata from options and from the file that the command writes', async () => {
  const lines = 'records_processed=1523\\n# a comment\\n\\nbad line\\nratio = 0.5\\nname=x\\n'
  const ended = await shell(
    `printf '${lines}' >> "$CRONTIFY_META_FILE"`,
    '--meta',
    'shard=4',
    '--meta',
    'ratio=1',
  )

  expect(ended.stderr).toBe(
    '[crontify] $CRONTIFY_META_FILE: 2 lines, the first at line 4, ignored; ' +
      'a line must be a name and a number, such as records_processed=1523\n',
  )
  expect(runs()[0]?.meta).toMatchObject({ records_processed: 1523, ratio: 0.5, shard: 4, exit_code: 0 })
  expect(readdirSync(folder)).toEqual([])
})

it('warns of a command that takes too long, and lets it go on', async () => {
  const ended = await shell('sleep 0.3; exit 4', '--max-duration', '100ms')

  expect(ended).toMatchObject({
    code: 4,
    stderr: '[crontify] "nightly-backup" is taking longer than 100ms\n',
  })
})

it('stops a command that takes too long, with everything it has started', async () => {
  const stubborn = `trap 'echo asked >&2' TERM; sh -c 'trap "" TERM; while :; do sleep 0.05; done' & while :; do sleep 0.05; done`
  const ended = await shell(stubborn, '--max-duration', '300ms', '--kill-after', '300ms')

  expect(ended.code).toBe(124)
  expect(ended.stderr).toContain('asked')
  expect(runs()).toMatchObject([{ status: 'failed', meta: { exit_code: 137 } }])
  expect(runs()[0]?.errorMessage).toMatch(/^sh was stopped after 300ms/)
})

it('ends with 124 also where the stopped command says that all is well', async () => {
  const polite = `trap 'exit 0' TERM; while :; do sleep 0.05; done`

  expect((await shell(polite, '--max-duration', '300ms', '--kill-after', '30s')).code).toBe(124)
  expect(runs()).toMatchObject([{ status: 'failed' }])
})

it('does not start a job that still runs, and tells nobody of a run that was not', async () => {
  const locks = ['--no-overlap', '--lock-directory', join(folder, 'locks')]
  const first = crontify(['exec', 'nightly-backup', ...locks, '--', 'sh', '-c', 'echo up; read line'], env)
  await first.hasSaid('up')
  await expect.poll(kinds, { timeout: 30_000 }).toEqual(['start'])

  const second = await exec(...locks, '--', 'echo', 'twice')
  first.child.kill('SIGKILL')
  await first.ended
  expect((await exec(...locks, '--', 'true')).code).toBe(0)

  expect(second).toMatchObject({ code: 75 })
  expect(second.stderr).toMatch(
    /"nightly-backup" is still running as process \d+, so it was not started again/,
  )
  expect(String(second.stdout)).toBe('')
  expect(kinds()).toEqual(['start', 'start', 'success'])
})

it('holds the lock for a job that outlives its watcher', async () => {
  const locks = ['--no-overlap', '--lock-directory', join(folder, 'locks')]
  const job = ['--', 'sh', '-c', 'echo up; exec sleep 60']
  const first = crontify(['exec', 'nightly-backup', ...locks, ...job], env)
  await first.hasSaid('up')
  first.child.kill('SIGKILL')
  await new Promise((resolve) => first.child.once('exit', resolve))

  const second = await exec(...locks, '--', 'true')
  const [, holder = ''] = /as process (\d+)/.exec(second.stderr) ?? []
  process.kill(Number(holder), 'SIGKILL')

  expect(second.code).toBe(75)
  await expect.poll(async () => (await exec(...locks, '--', 'true')).code, { timeout: 30_000 }).toBe(0)
})

it('takes the key from a file, and shows no key anywhere', async () => {
  const keyFile = join(folder, 'key')
  writeFileSync(keyFile, `${KEY}\n`)
  const { CRONTIFY_BASE_URL = '' } = env

  const ended = await runCrontify(
    ['exec', 'nightly-backup', '--api-key-file', keyFile, '--', 'sh', '-c', `echo ${KEY} >&2; exit 1`],
    { CRONTIFY_BASE_URL },
  )

  expect(ended).toMatchObject({ code: 1, stderr: `${KEY}\n` })
  expect(kinds()).toEqual(['start', 'fail'])
  expect((await logOfLastRun()) + (runs()[0]?.errorMessage ?? '')).not.toContain(KEY)
})
