import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'
import { runCrontify } from './crontify-process.ts'

const KEY = 'ck_live_away_tests'
const JOB = ['--', 'sh', '-c', 'echo done; exit 3'] as const
/** Nothing listens there, and nothing may: it takes a privilege. */
const REFUSING = 'http://127.0.0.1:9'

it('hands on the exit code while the service refuses connections', async () => {
  const ended = await runCrontify(['exec', 'm', ...JOB], {
    CRONTIFY_API_KEY: KEY,
    CRONTIFY_BASE_URL: REFUSING,
  })

  expect(ended.code).toBe(3)
  expect(String(ended.stdout)).toBe('done\n')
  expect(ended.stderr).toContain('[crontify]')
  expect(ended.stderr).not.toContain(KEY)
})

it('starts the job at once, and ends within the waits it promises, while the service is silent', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    silent.closeAllConnections()
    silent.close()
  })
  const { port } = silent.address() as AddressInfo
  const begunAt = performance.now()

  const ended = await runCrontify(['exec', 'm', ...JOB], {
    CRONTIFY_API_KEY: KEY,
    CRONTIFY_BASE_URL: `http://127.0.0.1:${port}`,
  })

  expect(ended.code).toBe(3)
  expect(performance.now() - begunAt).toBeLessThan(10_000)
})

it.each([
  ['without a key', {}],
  ['with a key that is none', { CRONTIFY_API_KEY: 'x' }],
  ['with a base URL that is none', { CRONTIFY_API_KEY: KEY, CRONTIFY_BASE_URL: 'not a url' }],
])('runs the job %s, and says in one line what is wrong', async (_, env) => {
  const ended = await runCrontify(['exec', 'm', ...JOB], env)

  expect(ended.code).toBe(3)
  expect(ended.stderr).toMatch(/^\[crontify\] .*\n$/)
})

it('says nothing of it with --quiet', async () => {
  expect(await runCrontify(['exec', 'm', '--quiet', ...JOB], {})).toMatchObject({ code: 3, stderr: '' })
})

it('sends nothing where it is switched off', async () => {
  const ended = await runCrontify(['exec', 'm', '--strict', ...JOB], { CRONTIFY_DISABLED: 'YES' })

  expect(ended).toMatchObject({ code: 3, stderr: '' })
})

it('fails under --strict where a ping did not arrive, and runs nothing where none could', async () => {
  const server = await createMockServer({ monitors: [{ id: 'm' }], apiKeys: [KEY] })
  onTestFinished(() => server.close())
  const env = { CRONTIFY_API_KEY: KEY, CRONTIFY_BASE_URL: server.url }
  const strict = (monitor: string, job: string, more = {}) =>
    runCrontify(['exec', monitor, '--strict', '--', 'sh', '-c', job], { ...env, ...more })

  expect((await strict('m', 'true')).code).toBe(0)
  expect((await strict('unknown', 'true')).code).toBe(1)
  expect((await strict('unknown', 'exit 3')).code).toBe(3)
  const without = await strict('m', 'echo ran', { CRONTIFY_API_KEY: '' })
  expect(without.code).toBe(2)
  expect(String(without.stdout)).toBe('')
})

it.each([
  [['exec'], 'MONITOR is missing'],
  [['exec', 'm'], 'COMMAND is missing'],
  [['exec', 'm', '--'], 'COMMAND is missing'],
  [['exec', 'm', 'backup.sh'], '-- must stand before the command'],
  [['exec', 'm', '--max-duration', 'long', '--', 'true'], '--max-duration must be a duration'],
  [['exec', 'm', '--kill-after', '1s', '--', 'true'], 'needs --max-duration'],
  [['exec', 'm', '--max-duratoin', '1s', '--', 'true'], 'Did you mean --max-duration?'],
  [['exec', 'm', '--meta', 'rows=many', '--', 'true'], '--meta must be a name and a number'],
  [['exec', 'm', '--api-key=ck_live_secret', '--', 'true'], 'can read a command line'],
  [['exec', '../m', '--no-overlap', '--', 'true'], 'is not a monitor id'],
  [['exek', 'm', '--', 'true'], 'Did you mean exec?'],
  [['ping', 'm'], 'must be MONITOR and one of start, success, fail'],
  [['ping', 'm', 'sucess'], 'one of start, success, fail, got "sucess"'],
  [['ping', 'm', 'success', '--message', 'x'], 'belong to a fail ping'],
  [['ping', 'm', 'start', '--meta', 'a=1'], '--meta belongs to a success or fail ping'],
  [['ping', 'm', 'fail', '--log', '/no/such/file'], 'cannot be read (ENOENT)'],
] as const)('ends %j with 2, saying %s', async (words, text) => {
  const ended = await runCrontify(words, {})

  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain(text)
  expect(ended.stderr).not.toContain('ck_live_secret')
})

it('sends single pings, and says by its exit code whether they arrived', async () => {
  const server = await createMockServer({ monitors: [{ id: 'm' }], apiKeys: [KEY] })
  onTestFinished(() => server.close())
  const env = { CRONTIFY_API_KEY: KEY, CRONTIFY_BASE_URL: server.url }

  expect((await runCrontify(['ping', 'm', 'start'], env)).code).toBe(0)
  expect((await runCrontify(['ping', 'm', 'success', '--meta', 'rows=3'], env)).code).toBe(0)
  expect((await runCrontify(['ping', 'm', 'fail', '--message', 'disk is full'], env)).code).toBe(0)
  expect((await runCrontify(['ping', 'other', 'success'], env)).code).toBe(1)

  expect(server.pings().map(({ kind, meta, errorMessage }) => [kind, meta, errorMessage])).toEqual([
    ['start', undefined, undefined],
    ['success', { rows: 3 }, undefined],
    ['fail', undefined, 'disk is full'],
  ])
})
