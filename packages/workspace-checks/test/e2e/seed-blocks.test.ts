import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { transform } from 'esbuild'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runProgram, type Ended } from './run-program.ts'

/** The code blocks of the article on production checklists, as printed there. */
const BLOCKS = resolve(import.meta.dirname, '../seed/blocks')
/** Here the blocks find the built packages as an application would. */
const WORKPLACE = resolve(import.meta.dirname, '../../node_modules/.seed-blocks')
const KEY = 'your-key'

let server: MockServer

beforeEach(async () => {
  server = await createMockServer({
    apiKeys: [KEY],
    monitors: [
      {
        id: 'your-monitor-id',
        rules: [
          { field: 'records_processed', operator: 'eq', threshold: 0 },
          { field: 'errors_encountered', operator: 'gt', threshold: 0 },
          { field: 'duration_ms', operator: 'gt', threshold: 2_700_000 },
        ],
      },
    ],
  })
})

afterEach(() => server.close())

/** Runs a block as a module of its own; `world` declares the names that the article leaves to the reader. */
async function runBlock(name: string, world: string): Promise<Ended> {
  mkdirSync(WORKPLACE, { recursive: true })
  const { code } = await transform(readFileSync(join(BLOCKS, `${name}.ts`), 'utf8'), { loader: 'ts' })
  const globals = `import { CrontifyMonitor } from '@crontify/sdk'
    globalThis.monitor = new CrontifyMonitor({ monitorId: 'your-monitor-id' })
    ${world}`
  writeFileSync(join(WORKPLACE, `${name}.mjs`), code)
  writeFileSync(join(WORKPLACE, `${name}.world.mjs`), globals)
  const env = { CRONTIFY_API_KEY: KEY, CRONTIFY_BASE_URL: server.url }
  return runProgram(process.execPath, ['--import', `./${name}.world.mjs`, `${name}.mjs`], {
    cwd: WORKPLACE,
    env,
  })
}

const statuses = (): string[] => server.runs('your-monitor-id').map(({ status }) => status)
const alerts = (): string[] => server.alerts().map(({ type }) => type)

it('runs the wrap block: a job that works', async () => {
  const ended = await runBlock('wrap', 'globalThis.runYourJob = async () => {}')

  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(statuses()).toEqual(['success'])
})

it('runs the wrap block: a job that throws', async () => {
  const ended = await runBlock(
    'wrap',
    `globalThis.runYourJob = async () => { throw new Error('disk is full') }`,
  )

  expect(ended.code).toBe(1)
  expect(ended.stderr).toContain('Error: disk is full')
  expect(statuses()).toEqual(['failed'])
  expect(alerts()).toEqual(['failure'])
})

it('runs the try, success, catch, fail block', async () => {
  expect((await runBlock('try-catch', 'globalThis.runJob = async () => {}')).code).toBe(0)
  const failing = `globalThis.runJob = async () => { throw new Error('disk is full') }`
  expect((await runBlock('try-catch', failing)).code).toBe(0)

  expect(statuses()).toEqual(['success', 'failed'])
  expect(server.alerts()[0]?.details).toMatchObject({
    logSnippet: expect.stringMatching(/^Error: disk is full\n/),
  })
})

it('runs the metadata block, and the rules that go with it alert', async () => {
  const ended = await runBlock('success-meta', 'globalThis.result = { count: 0, apiCalls: 12, errors: 3 }')

  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(server.runs('your-monitor-id')[0]?.meta).toEqual({
    records_processed: 0,
    api_calls_made: 12,
    errors_encountered: 3,
  })
  expect(alerts()).toEqual(['silent_failure'])
})

it('runs the duration block, and its rule of 45 minutes alerts', async () => {
  const world = 'globalThis.result = { count: 5 }; globalThis.startTime = Date.now() - 2_700_001'

  expect((await runBlock('duration-meta', world)).code).toBe(0)

  expect(alerts()).toEqual(['silent_failure'])
})

// The quotes inside HEADERS stay part of the words, so that the header is not the one that the service reads.
it('runs the bash block as printed, which sends no key: its quotes become part of the header', async () => {
  const block = readFileSync(join(BLOCKS, 'curl.sh'), 'utf8').replace('https://api.crontify.com', server.url)

  const ended = await runProgram('bash', ['-c', `your_job_command() { true; }\n${block}`])

  expect(ended.code).not.toBe(0)
  expect(server.pings()).toEqual([])
})

it.each([
  ['true', 'success'],
  ['false', 'failed'],
])('runs the form of it that the README gives: a job that ends with %s', async (job, status) => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../../../README.md'), 'utf8')
  const block = /```bash\n([^]*?)```/.exec(readme)?.[1]?.replace('https://api.crontify.com', server.url) ?? ''

  const script = `your_job_command() { ${job}; }\n${block}`
  const ended = await runProgram('bash', ['-c', script], { env: { CRONTIFY_API_KEY: KEY } })

  expect(ended.code).toBe(0)
  expect(statuses()).toEqual([status])
})
