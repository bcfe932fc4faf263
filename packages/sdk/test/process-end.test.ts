import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { once } from 'node:events'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { bundleProgram, startProgram, type Ending, type RunOptions } from './support/run-program.ts'

/** One program for all tests: what the job does comes as text in its environment. */
const PROGRAM = `
  import { CrontifyMonitor } from '../src/index.ts'
  const monitor = new CrontifyMonitor({
    monitorId: 'nightly-backup',
    delivery: JSON.parse(process.env['DELIVERY'] ?? '{}'),
  })
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor
  const body = new AsyncFunction('monitor', process.env['BODY'] ?? '')
  void body(monitor)
`

let server: MockServer

beforeEach(async () => {
  server = await createMockServer({ monitors: [{ id: 'nightly-backup' }] })
})

afterEach(() => server.close())

async function start(body: string, options: { delivery?: object; baseUrl?: string } & RunOptions = {}) {
  const { delivery = {}, baseUrl = server.url, ...rest } = options
  const env = {
    CRONTIFY_API_KEY: server.apiKey,
    CRONTIFY_BASE_URL: baseUrl,
    BODY: body,
    DELIVERY: JSON.stringify(delivery),
    ...rest.env,
  }
  return startProgram(await bundleProgram(PROGRAM), { ...rest, env })
}

/** Runs to the end. */
async function run(...parameters: Parameters<typeof start>): Promise<Ending> {
  return (await start(...parameters)).ending
}

const runs = () => server.runs('nightly-backup').map(({ status, errorMessage }) => ({ status, errorMessage }))
const withoutFolder = (trace: string): string => trace.replaceAll(/\(\S*program\.cjs/g, '(program.cjs')
const expectQuiet = (ending: Ending): void => expect(ending.stderr).toBe('')

it('reports a run whose process.exit came before its end, and keeps the exit code', async () => {
  const ending = await run(`await monitor.wrap(() => { process.exit(7) })`)

  expect(ending.code).toBe(7)
  expectQuiet(ending)
  expect(runs()).toEqual([
    { status: 'failed', errorMessage: 'process.exit(7) was called before the job finished' },
  ])
})

it('reports a run that an error ended which nobody caught, and leaves its trace as it was', async () => {
  const job = `() => new Promise(() => setTimeout(() => { throw new Error('disk is full') }, 5))`
  const body = `await monitor.wrap(${job})`
  const bare = await run(body, { env: { CRONTIFY_DISABLED: '1' } })

  const ending = await run(body)

  expect(ending.code).toBe(1)
  expect(ending.stderr).toContain('Error: disk is full')
  expect(withoutFolder(ending.stderr)).toBe(withoutFolder(bare.stderr))
  expect(runs()[0]).toMatchObject({ status: 'failed', errorMessage: expect.stringContaining('disk is full') })
  expect(server.alerts()[0]?.details).toMatchObject({
    logSnippet: expect.stringContaining('Error: disk is full'),
  })
})

it('reports a run that ended by a rejection which nobody handled', async () => {
  const ending = await run(
    `await monitor.wrap(() => new Promise(() => setTimeout(() => { void Promise.reject(undefined) }, 5)))`,
  )

  expect(ending.code).toBe(1)
  expect(runs()[0]?.status).toBe('failed')
})

it('reports a job whose promise can never settle, when the process has nothing left to do', async () => {
  const ending = await run(`await monitor.wrap(() => new Promise(() => {}))`)

  expect(ending.code).toBe(0)
  expectQuiet(ending)
  expect(runs()).toEqual([
    { status: 'failed', errorMessage: expect.stringContaining('the event loop ended') },
  ])
})

it('delivers a ping that nobody awaited, before process.exit', async () => {
  const ending = await run(`void monitor.success(); process.exit(0)`)

  expect(ending.code).toBe(0)
  expect(runs()).toEqual([{ status: 'success', errorMessage: undefined }])
})

it('delivers a ping that nobody awaited, before a natural end', async () => {
  const ending = await run(`void monitor.success()`)

  expect(ending.code).toBe(0)
  expect(runs()).toEqual([{ status: 'success', errorMessage: undefined }])
})

it('sends nothing besides when a run ends well and the process exits', async () => {
  const ending = await run(`await monitor.wrap(() => 'done'); process.exit(3)`)

  expect(ending.code).toBe(3)
  expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
})

it('does not blame an error that somebody handled', async () => {
  const ending = await run(`
    process.on('uncaughtException', () => {})
    await monitor.wrap(() => new Promise((resolve) => {
      setTimeout(() => { throw new Error('handled') }, 1)
      setTimeout(resolve, 20)
    }))
  `)

  expect(ending.code).toBe(0)
  expect(runs()).toEqual([{ status: 'success', errorMessage: undefined }])
})

it('does not name an error that the process survived as the cause of a later exit', async () => {
  await run(`
    process.on('uncaughtException', () => {})
    await monitor.wrap(() => new Promise(() => {
      setTimeout(() => { throw new Error('survived') }, 1)
      setTimeout(() => process.exit(9), 50)
    }))
  `)

  expect(runs()).toEqual([
    { status: 'failed', errorMessage: 'process.exit(9) was called before the job finished' },
  ])
})

it('names the error after which its handler ends the process at once', async () => {
  await run(`
    process.on('uncaughtException', () => process.exit(9))
    await monitor.wrap(() => new Promise(() => setTimeout(() => { throw new Error('the cause') }, 1)))
  `)

  expect(runs()[0]?.errorMessage).toContain('the cause')
})

it('is switched off by atExit: false', async () => {
  const ending = await run(`await monitor.wrap(() => { process.exit(7) })`, { delivery: { atExit: false } })

  expect(ending.code).toBe(7)
  expect(runs()[0]?.status).toBe('running')
})

it('puts process.exit off for at most a second when the service is silent', async () => {
  const hole = createServer(() => {}).listen(0, '127.0.0.1')
  onTestFinished(() => void hole.close())
  await once(hole, 'listening')
  const baseUrl = `http://127.0.0.1:${(hole.address() as AddressInfo).port}`

  const ending = await run(
    `await monitor.wrap(() => {
      const at = performance.now()
      process.on('exit', () => console.log(performance.now() - at))
      process.exit(7)
    })`,
    { baseUrl },
  )

  expect(ending.code).toBe(7)
  expect(Number(ending.stdout)).toBeLessThan(1_500)
})

it('does not put a natural end off for longer than 1.5 s when the service is silent', async () => {
  const hole = createServer(() => {}).listen(0, '127.0.0.1')
  onTestFinished(() => void hole.close())
  await once(hole, 'listening')
  const baseUrl = `http://127.0.0.1:${(hole.address() as AddressInfo).port}`

  const ending = await run(
    `await monitor.wrap(() => 'done')
     const at = performance.now()
     process.on('exit', () => console.log(performance.now() - at))`,
    { baseUrl, delivery: { endWaitMs: 0 } },
  )

  expect(ending.code).toBe(0)
  expect(Number(ending.stdout)).toBeLessThan(2_000)
  expect(ending.stderr).toMatch(/^\[crontify\] The start ping .* was dropped: the process ended before/)
})

it('dies of SIGTERM as if nobody watched, unless it is told to handle signals', async () => {
  const { child, ending } = await start(`
    await monitor.wrap(() => { console.log('in the job'); return new Promise((r) => setTimeout(r, 60000)) })
  `)
  await once(child.stdout ?? child, 'data')
  child.kill('SIGTERM')

  expect(await ending).toMatchObject({ code: null, signal: 'SIGTERM' })
  expect(runs()[0]?.status).toBe('running')
})

it.each(['SIGTERM', 'SIGINT'] as const)(
  'reports the run with handleSignals, and then dies of %s itself',
  async (signal) => {
    const { child, ending } = await start(
      `await monitor.wrap(() => { console.log('in the job'); return new Promise((r) => setTimeout(r, 60000)) })`,
      { delivery: { handleSignals: true } },
    )
    await once(child.stdout ?? child, 'data')
    child.kill(signal)

    expect(await ending).toMatchObject({ code: null, signal })
    expect(runs()).toEqual([
      { status: 'failed', errorMessage: `${signal} ended the process before the job finished` },
    ])
  },
)

it.each([
  ['before', 'SIGTERM'],
  ['after', 'SIGTERM'],
  ['before', 'SIGINT'],
  ['after', 'SIGINT'],
] as const)('reports the run and ends, with signal-exit loaded %s it: %s', async (order, signal) => {
  const theirs = `require('signal-exit').onExit(() => {})\n`
  const ours = `const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup', delivery: { handleSignals: true } })\n`
  const program = await bundleProgram(`
    import { CrontifyMonitor } from '../src/index.ts'
    ${order === 'before' ? theirs + ours : ours + theirs}
    void monitor.wrap(() => { console.log('in the job'); return new Promise((r) => setTimeout(r, 60000)) })
  `)
  const { child, ending } = startProgram(program, {
    env: { CRONTIFY_API_KEY: server.apiKey, CRONTIFY_BASE_URL: server.url },
  })
  await once(child.stdout ?? child, 'data')
  child.kill(signal)

  expect(await ending).toMatchObject({ code: null, signal })
  expect(runs()).toEqual([
    { status: 'failed', errorMessage: `${signal} ended the process before the job finished` },
  ])
})

it('dies at once of a second signal', async () => {
  const hole = createServer(() => {}).listen(0, '127.0.0.1')
  onTestFinished(() => void hole.close())
  await once(hole, 'listening')
  const baseUrl = `http://127.0.0.1:${(hole.address() as AddressInfo).port}`
  const { child, ending } = await start(
    `process.on('exit', () => console.log('ended by itself'))
     await monitor.wrap(() => { console.log('in the job'); return new Promise((r) => setTimeout(r, 60000)) })`,
    { baseUrl, delivery: { handleSignals: true } },
  )
  await once(child.stdout ?? child, 'data')
  child.kill('SIGINT')
  // The report of the run is being waited for now, for 1.5 s: nobody will answer it.
  await sleep(300)
  const killedAt = performance.now()
  child.kill('SIGINT')

  expect(await ending).toMatchObject({ code: null, signal: 'SIGINT' })
  expect(performance.now() - killedAt).toBeLessThan(1_000)
})

it('leaves the decision to a listener of the user, with handleSignals too', async () => {
  const { child, ending } = await start(
    `process.on('SIGTERM', () => setTimeout(() => process.exit(5), 50))
     await monitor.wrap(() => { console.log('in the job'); return new Promise((r) => setTimeout(r, 60000)) })`,
    { delivery: { handleSignals: true } },
  )
  await once(child.stdout ?? child, 'data')
  child.kill('SIGTERM')

  expect(await ending).toMatchObject({ code: 5, signal: null })
})

it('adds one listener of each kind, however many clients there are', async () => {
  const ending = await run(`
    const { constructor } = monitor
    for (let index = 0; index < 50; index++) new constructor({ monitorId: 'nightly-backup' }).stats()
    console.log(['beforeExit', 'exit', 'uncaughtExceptionMonitor', 'SIGTERM', 'unhandledRejection', 'uncaughtException']
      .map((event) => process.listenerCount(event)).join())
  `)

  expect(ending).toMatchObject({ code: 0, stdout: '1,1,1,0,0,0\n', stderr: '' })
})
