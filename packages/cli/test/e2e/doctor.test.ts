import { createMockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'
import { runCrontify } from './crontify-process.ts'

const KEY = 'ck_live_doctor_tests'

async function setUp() {
  const server = await createMockServer({ monitors: [{ id: 'm' }], apiKeys: [KEY] })
  onTestFinished(() => server.close())
  const doctor = (words: readonly string[], more = {}) =>
    runCrontify(['doctor', ...words], { CRONTIFY_API_KEY: KEY, CRONTIFY_BASE_URL: server.url, ...more })
  return { server, doctor }
}

it('goes the whole way and sends nothing with the key in it', async () => {
  const { server, doctor } = await setUp()

  const { code, stdout } = await doctor([])

  expect(code).toBe(0)
  expect(String(stdout).match(/^ok/gm)).toHaveLength(7)
  expect(server.pings()).toEqual([])
})

it('proves the key with a ping, when it is told to', async () => {
  const { server, doctor } = await setUp()

  expect((await doctor(['--monitor', 'm'])).code).toBe(0)
  expect(server.pings()).toMatchObject([{ monitorId: 'm', kind: 'success' }])
})

it.each([
  [['--monitor', 'other'], {}, /problem ping .*404/],
  [['--monitor', 'm'], { CRONTIFY_API_KEY: 'ck_live_wrong_key' }, /problem ping .*401/],
  [[], { CRONTIFY_API_KEY: '' }, /problem settings /],
  [[], { CRONTIFY_BASE_URL: 'http://127.0.0.1:9' }, /problem TCP /],
  [[], { CRONTIFY_BASE_URL: 'not a url' }, /problem settings /],
])('ends with 1 for %j in %j, with a fix', async (words, env, problem) => {
  const { doctor } = await setUp()

  const { code, stdout, stderr } = await doctor(words, env)

  expect(code).toBe(1)
  expect(String(stdout)).toMatch(problem)
  expect(String(stdout)).toContain('fix: ')
  expect(String(stdout) + stderr).not.toMatch(/ck_live_(doctor|wrong)/)
})

it('prints JSON', async () => {
  const { doctor } = await setUp()

  const { code, stdout } = await doctor(['--json'])
  const report = JSON.parse(String(stdout)) as { problems: number; checks: readonly { about: string }[] }

  expect([code, report.problems]).toEqual([0, 0])
  expect(report.checks.map(({ about }) => about)).toContain('TCP')
})
