import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startRedis, type TestServer } from '@crontify/adapter-conformance/servers'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { Queue } from 'bullmq'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('programs/worker.mjs', import.meta.url))

let redis: TestServer
let server: MockServer
let queue: Queue
let numberOfQueues = 0
const processes: ChildProcess[] = []

beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
afterEach(async () => {
  for (const child of processes.splice(0)) child.kill('SIGKILL')
  await queue.close()
  await server.close()
})

async function setUp(): Promise<void> {
  server = await createMockServer({ monitors: [{ id: 'nightly-report' }], clock: 'virtual' })
  queue = new Queue(`processes-${++numberOfQueues}`, { connection: { port: redis.port } })
  await queue.upsertJobScheduler('nightly-report', { every: 3_600_000 })
}

interface WorkerProcess {
  /** Resolves once the process has printed this. */
  readonly printed: (text: string) => Promise<void>
  readonly kill: () => Promise<void>
}

function startWorker(
  how: 'finish' | 'hang' | 'block',
  stalled: 'continue' | 'fail' = 'continue',
): WorkerProcess {
  const options = {
    queue: queue.name,
    redis: redis.port,
    how,
    stalled,
    server: server.url,
    apiKey: server.apiKey,
  }
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  processes.push(child)
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)))
  return {
    printed: async (text) => {
      while (!output.includes(text)) await once(child.stdout, 'data')
    },
    kill: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

const pings = (): string[] => server.pings().map(({ kind }) => kind)

it('takes a job whose worker was killed, and that another one finished, for one run', async () => {
  await setUp()
  const lost = startWorker('hang')
  await lost.printed('active')
  await lost.kill()
  const next = startWorker('finish')

  await next.printed('completed')

  await next.printed('"kind":"stalled"')
  expect(pings()).toEqual(['start', 'success'])
  expect(server.alerts()).toEqual([])
})

it('reports the run of a killed worker as failed where it is told so', async () => {
  await setUp()
  const lost = startWorker('hang', 'fail')
  await lost.printed('active')
  await lost.kill()

  await startWorker('finish', 'fail').printed('completed')

  expect(pings()).toEqual(['start', 'fail', 'start', 'success'])
  expect(server.alerts().map(({ type }) => type)).toEqual(['failure', 'recovery'])
})

it('leaves a job that kills each of its workers to be found hung, in one alert', async () => {
  await setUp()
  for (let count = 0; count < 3; count++) {
    const lost = startWorker('hang')
    await lost.printed('active')
    await lost.kill()
  }

  await server.advance('1h')

  expect(pings()).toEqual(['start'])
  expect(server.alerts().map(({ type }) => type)).toEqual(['hung'])
})

it('reports once what two workers have done because the first one was blocked', async () => {
  await setUp()
  const blocked = startWorker('block')
  await blocked.printed('active')
  const next = startWorker('finish')

  await next.printed('completed')
  await blocked.printed('error')

  expect(pings()).toEqual(['start', 'success'])
  expect(server.alerts()).toEqual([])
})
