import { createMockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'
import { Crontify, CrontifyMonitor } from '../../index.ts'
import { createRunTracker, observeRuns, type ObservedEnd, type RunObserver } from '../../adapter.ts'

async function setUp() {
  const server = await createMockServer({ monitors: [{ id: 'job' }] })
  onTestFinished(() => server.close())
  const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url, logger: false })
  return { server, crontify, monitor: crontify.monitor('job') }
}

it('shows an observer each run, what calls its job, and how it ends', async () => {
  const { crontify, monitor } = await setUp()
  const seen: unknown[] = []
  const error = new Error('no rows')
  observeRuns(crontify, {
    begin: ({ monitorId, attributes }) => {
      seen.push([monitorId, attributes])
      return { call: (job) => (seen.push('calls'), job()), end: (end) => seen.push(end) }
    },
  })

  await monitor.wrap(async function report(run) {
    run.meta({ rows: 3, duration_ms: 5 })
  })
  await expect(monitor.wrap(() => Promise.reject(error))).rejects.toBe(error)

  expect(seen).toEqual([
    ['job', { 'code.function.name': 'report' }],
    'calls',
    { status: 'success', meta: { rows: 3, duration_ms: 5 }, message: undefined, error: undefined },
    ['job', {}],
    'calls',
    expect.objectContaining({ status: 'failed', message: 'no rows', error }),
  ])
})

it('tells an observer that another process continues a run', async () => {
  const { monitor } = await setUp()
  const ends: ObservedEnd['status'][] = []
  observeRuns(monitor, { begin: () => ({ end: ({ status }) => ends.push(status) }) })
  const tracker = createRunTracker(monitor, { kind: 'queued' })

  tracker.open('one')
  tracker.leave('one')
  await tracker.settled()

  expect(ends).toEqual(['left'])
})

it('puts the lines of observers before the log of a failure, and of nothing else', async () => {
  const { server, monitor } = await setUp()
  const lines = ['trace 1', 'trace 2']
  for (const logLine of lines) observeRuns(monitor, { begin: () => ({ logLine, end: () => {} }) })

  await monitor.wrap(async () => 'done')
  await monitor.start()
  await monitor.fail({ message: 'disk is full' })

  expect(server.pings().map(({ logOutput }) => logOutput)).toEqual([
    undefined,
    undefined,
    undefined,
    'trace 1\ntrace 2',
  ])
})

const broken = (): never => {
  throw new Error('the observer is broken')
}
it.each<[string, RunObserver]>([
  ['cannot begin', { begin: broken }],
  ['cannot call', { begin: () => ({ call: broken, end: broken }) }],
  ['calls twice', { begin: () => ({ call: (job) => (job(), job()), end: broken }) }],
  ['breaks after the call', { begin: () => ({ call: (job) => (job(), broken()), end: broken }) }],
  ['calls later', { begin: () => ({ call: (job) => void Promise.resolve().then(job), end: broken }) }],
  ['never calls', { begin: () => ({ call: () => {}, end: broken }) }],
])('runs a job once, with its own result and error, under an observer that %s', async (_name, observer) => {
  const { server, monitor } = await setUp()
  observeRuns(monitor, observer)
  const error = new Error('no rows')
  let calls = 0

  expect(await monitor.wrap(async () => (calls += 1))).toBe(1)
  await expect(
    monitor.wrap(() => {
      calls += 1
      throw error
    }),
  ).rejects.toBe(error)

  expect(calls).toBe(2)
  expect(server.runs('job').map(({ status }) => status)).toEqual(['success', 'failed'])
})

it('is over when it is stopped, and watches nothing of another object', async () => {
  const { monitor } = await setUp()
  let begun = 0
  const observer: RunObserver = { begin: () => void (begun += 1) }
  observeRuns(monitor, observer)?.()
  expect(observeRuns({}, observer)).toBeUndefined()
  observeRuns(new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'job' }), observer)

  await monitor.wrap(async () => 'done')

  expect(begun).toBe(0)
})
