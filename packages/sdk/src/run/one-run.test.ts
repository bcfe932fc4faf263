import { expect, it } from 'vitest'
import { scripted, TEST_KEY, type Scripted } from '../../test/support/scripted.ts'
import { CrontifyMonitor } from '../client/crontify-monitor.ts'
import type { DeliveryEvent } from './delivery-event.ts'
import type { MonitorOptions } from '../options/options.ts'
import type { ExitMonitor, ProcessEnd } from '../process-exit/exit-watch.ts'
import { monitored } from './layers/monitored.ts'

const monitorIn = (world: Scripted, options: Partial<MonitorOptions> = {}): CrontifyMonitor =>
  new CrontifyMonitor({ apiKey: TEST_KEY, monitorId: 'nightly-backup', ...options }, world.surroundings)

const kinds = (world: Scripted): (string | undefined)[] => world.sent.map((sent) => sent.split(' ')[0])

/** A world whose process can end. */
function endingWorld() {
  const world = scripted()
  const monitors = new Set<ExitMonitor>()
  const exits = {
    ...world.surroundings.exits,
    addMonitor: (monitor: ExitMonitor) => void monitors.add(monitor),
    removeMonitor: (monitor: ExitMonitor) => void monitors.delete(monitor),
  }
  const surroundings = { ...world.surroundings, exits }
  return {
    ...world,
    surroundings,
    end: async (end: ProcessEnd) => {
      for (const monitor of monitors) monitor.endOpenRuns(end)
      await world.clock.advance(0)
    },
  }
}

it.each<[string, (monitor: CrontifyMonitor) => unknown]>([
  ['wrap in wrap', (monitor) => monitor.wrap(() => monitor.wrap(() => ({ rows: 3 })))],
  ['monitored in wrap', (monitor) => monitor.wrap(() => monitored(monitor, () => ({ rows: 3 }))())],
  ['wrap in monitored', (monitor) => monitored(monitor, () => monitor.wrap(() => ({ rows: 3 })))()],
  [
    'monitored twice',
    (monitor) =>
      monitored(
        monitor,
        monitored(monitor, async () => ({ rows: 3 })),
      )(),
  ],
  [
    'wrap behind an await',
    (monitor) =>
      monitor.wrap(async () => {
        await Promise.resolve()
        return (await Promise.all([monitor.wrap(async () => ({ rows: 3 }))]))[0]
      }),
  ],
])('joins a run of the same monitor, with one warning: %s', async (_name, nest) => {
  const world = scripted()

  expect(await nest(monitorIn(world))).toEqual({ rows: 3 })
  await world.clock.advance(0)

  expect(world.sent).toEqual(['start', 'success {"meta":{"duration_ms":0,"rows":3}}'])
  expect(world.warnings).toEqual([expect.stringContaining('wrap the job only once')])
})

it('takes two runs at once for the overlap that they are', async () => {
  const world = scripted()
  const monitor = monitorIn(world)
  const job = (): Promise<void> => new Promise((resolve) => world.clock.schedule(resolve, 10))

  const both = Promise.all([monitor.wrap(job), monitor.wrap(job)])
  await world.clock.advance(20)
  await both

  expect(kinds(world)).toEqual(['start', 'start', 'success'])
  expect(world.warnings).toEqual([])
})

it('knows the runs of another object of the same monitor', async () => {
  const world = scripted()
  let endOlder = (): void => {}
  const older = monitorIn(world).wrap(() => new Promise<void>((resolve) => (endOlder = resolve)))
  await world.clock.advance(0)
  const newer = monitorIn(world).wrap(
    () => new Promise((resolve) => world.clock.schedule(() => resolve(1), 10)),
  )
  await world.clock.advance(0)

  endOlder()
  await older
  await world.clock.advance(10)
  await newer

  expect(kinds(world)).toEqual(['start', 'start', 'success'])
})

it('ends with one object a run that was started by hand with another', async () => {
  const world = scripted()

  await monitorIn(world).start()
  await world.clock.advance(5_000)
  await monitorIn(world).success()

  expect(world.sent).toEqual(['start', 'success {"meta":{"duration_ms":5000}}'])
})

it.each<[string, object, string]>([
  [
    'metadata',
    { metadata: () => ({}) },
    'wrap has no option "metadata". It is ignored. Did you mean "meta"?',
  ],
  [
    'maxDuration',
    { maxDuration: 5 },
    'wrap has no option "maxDuration". It is ignored. Did you mean "maxDurationMs"?',
  ],
  [
    'an async meta',
    { meta: async () => ({}) },
    'meta of wrap must be a synchronous function or false, got an async function',
  ],
  [
    'a meta that gives a promise',
    { meta: () => Promise.resolve({}) },
    'meta must be a synchronous function, got one that returns a promise',
  ],
  ['onMaxDuration', { onMaxDuration: 'kill' }, "onMaxDuration of wrap must be 'warn' or 'abort', got 'kill'"],
  ['a list', [], 'The options of wrap must be an object, got a list'],
])('warns of wrong options of wrap, and runs the job: %s', async (_name, options, text) => {
  const world = scripted()

  expect(await monitorIn(world).wrap(() => 'done', options)).toBe('done')

  expect(world.warnings).toEqual([expect.stringContaining(text)])
  expect(world.sent).toEqual(['start', 'success {"meta":{"duration_ms":0}}'])
})

it('waits at close for an open run, and takes its end', async () => {
  const world = scripted()
  const monitor = monitorIn(world)
  const job = monitor.wrap(() => new Promise<void>((resolve) => world.clock.schedule(resolve, 600)))
  await world.clock.advance(0)

  const closing = monitor.close({ withinMs: 3_000 })
  await monitor.wrap(() => 'too late')
  await world.clock.advance(600)
  await job

  expect(await closing).toMatchObject({ created: 4, delivered: 2, droppedBecause: { closed: 2 }, pending: 0 })
  expect(kinds(world)).toEqual(['start', 'success'])
  expect(world.warnings).toEqual([expect.stringContaining('is closed')])
})

it('warns at close of each run that it gives up, and still sends an end that comes in time', async () => {
  const world = scripted()
  const monitor = monitorIn(world)
  const job = monitor.wrap(() => new Promise<void>((resolve) => world.clock.schedule(resolve, 600)))
  await world.clock.advance(0)

  const closing = monitor.close({ withinMs: 100 })
  await world.clock.advance(100)
  await closing
  await world.clock.advance(500)
  await job

  expect(world.warnings).toEqual([
    expect.stringMatching(/stopped waiting for run \S+ of "nightly-backup" after 100 ms/),
  ])
  expect(kinds(world)).toEqual(['start', 'success'])
})

it.each<[string, ProcessEnd, string[]]>([
  ['a natural end', { type: 'drained' }, ['start']],
  ['exit with 0', { type: 'exit', code: 0, uncaught: undefined }, ['start']],
  ['exit with 1', { type: 'exit', code: 1, uncaught: undefined }, ['start', 'fail']],
  ['an uncaught error', { type: 'exit', code: 1, uncaught: { error: new Error('x') } }, ['start', 'fail']],
  ['a signal', { type: 'signal', signal: 'SIGTERM' }, ['start', 'fail']],
])(
  'fails a run that was started by hand only if its process ends abnormally: %s',
  async (_name, end, sent) => {
    const world = endingWorld()
    await monitorIn(world).start()

    await world.end(end)

    expect(kinds(world)).toEqual(sent)
  },
)

it('takes a run that was started by hand out of the journal when its process ends well', async () => {
  const world = endingWorld()
  const calls: string[] = []
  const openSpool = () => ({
    ...world.surroundings.openSpool({ origin: '', pathPrefix: '', apiKey: '' }, '', () => {}),
    openRun: () => {
      calls.push('open')
      return { refresh: () => {}, ended: () => false, remove: () => void calls.push('remove') }
    },
  })
  const options = { apiKey: TEST_KEY, monitorId: 'nightly-backup', delivery: { spoolDirectory: '/spool' } }
  await new CrontifyMonitor(options, { ...world.surroundings, openSpool }).start()

  await world.end({ type: 'drained' })
  const afterDrain = [...calls]
  await world.end({ type: 'exit', code: 0, uncaught: undefined })

  expect(afterDrain).toEqual(['open'])
  expect(calls).toEqual(['open', 'remove'])
})

it('tells onEvent when a run starts and how it ends', async () => {
  const world = scripted()
  const events: DeliveryEvent[] = []
  const monitor = monitorIn(world, { onEvent: (event) => void events.push(event) })

  await monitor.wrap((run) => run.meta({ rows: 3 }))
  await monitor.wrap(() => Promise.reject(new Error('disk is full'))).catch(() => {})

  const about = { monitorId: 'nightly-backup' }
  expect(events.filter(({ type }) => type.startsWith('run-'))).toEqual([
    { ...about, type: 'run-started', runId: 'id-0' },
    {
      ...about,
      type: 'run-ended',
      runId: 'id-0',
      status: 'success',
      durationMs: 0,
      meta: { duration_ms: 0, rows: 3 },
      message: undefined,
    },
    { ...about, type: 'run-started', runId: 'id-1' },
    {
      ...about,
      type: 'run-ended',
      runId: 'id-1',
      status: 'failed',
      durationMs: 0,
      meta: { duration_ms: 0 },
      message: 'disk is full',
    },
  ])
})

it('copies the Reflect metadata of the job', () => {
  const world = scripted()
  const stored = new Map<object, Map<unknown, unknown>>()
  Object.assign(Reflect, {
    getMetadataKeys: (target: object) => [...(stored.get(target)?.keys() ?? [])],
    getMetadata: (key: unknown, target: object) => stored.get(target)?.get(key),
    defineMetadata: (key: unknown, value: unknown, target: object) =>
      void stored.set(target, (stored.get(target) ?? new Map<unknown, unknown>()).set(key, value)),
  })
  const job = (): void => {}
  Object.assign(stored, stored.set(job, new Map([['schedule', '0 3 * * *']])))

  const watched = monitored(monitorIn(world), job)

  expect(stored.get(watched)).toEqual(new Map([['schedule', '0 3 * * *']]))
  for (const name of ['getMetadataKeys', 'getMetadata', 'defineMetadata'])
    Reflect.deleteProperty(Reflect, name)
})
