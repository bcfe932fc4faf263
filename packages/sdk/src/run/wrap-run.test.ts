import { expect, it } from 'vitest'
import { letTimePass, scripted, TEST_KEY, type Scripted } from '../../test/support/scripted.ts'
import type { MonitorOptions } from '../options/options.ts'
import type { Run } from './run.ts'
import { CrontifyMonitor } from '../client/crontify-monitor.ts'

function monitorIn(world: Scripted, options: Partial<MonitorOptions> = {}): CrontifyMonitor {
  return new CrontifyMonitor({ apiKey: TEST_KEY, monitorId: 'user-sync', ...options }, world.surroundings)
}

interface Body {
  readonly errorMessage?: string
  readonly meta?: Record<string, number>
  readonly logOutput?: string
}

const bodyOf = (world: Scripted, at = 1): Body => JSON.parse(world.requests[at]?.body ?? '{}') as Body

it('sends what the run has gathered, with how long the job took', async () => {
  const world = scripted()

  await monitorIn(world).wrap(async (run) => {
    run.meta({ records_processed: 1 })
    run.increment('records_processed')
    run.increment('api_calls_made', 3)
    await world.clock.advance(1_500)
  })

  expect(bodyOf(world).meta).toEqual({ duration_ms: 1_500, records_processed: 2, api_calls_made: 3 })
})

it('lets the result win over the run, and the job over the duration', async () => {
  const world = scripted()

  await monitorIn(world).wrap(
    (run) => {
      run.meta({ rows: 1, duration_ms: 7 })
      return { rows: 2 }
    },
    { meta: (result) => result },
  )

  expect(bodyOf(world).meta).toEqual({ rows: 2, duration_ms: 7 })
})

it('sends with a failure how far the job came, and what it logged', async () => {
  const world = scripted()
  const error = new Error('disk is full', { cause: new Error('ENOSPC') })

  await monitorIn(world)
    .wrap((run) => {
      run.increment('files_copied', 120)
      run.log('copying ledger')
      throw error
    })
    .catch(() => {})

  const { errorMessage, meta, logOutput } = bodyOf(world)
  expect(errorMessage).toBe('disk is full')
  expect(meta).toEqual({ duration_ms: 0, files_copied: 120 })
  expect(logOutput?.startsWith(`${error.stack}\nCaused by: Error: ENOSPC`)).toBe(true)
  expect(logOutput?.endsWith('\n\nLog of the run:\ncopying ledger')).toBe(true)
})

it('sends no log with a success', async () => {
  const world = scripted()

  await monitorIn(world).wrap((run) => run.log('copying ledger'))

  expect(Object.keys(bodyOf(world))).toEqual(['meta'])
})

it('takes secrets and the key out of the lines of a run', async () => {
  const world = scripted()

  await monitorIn(world)
    .wrap((run) => {
      run.log(`connecting to postgres://app:hunter22@db with ${TEST_KEY}`)
      throw new Error('refused')
    })
    .catch(() => {})

  expect(world.requests[1]?.body).not.toMatch(/hunter22|SENTINEL/)
  expect(bodyOf(world).logOutput).toContain('postgres://app:[redacted]@db')
})

it('keeps the runs of one monitor apart', async () => {
  const world = scripted()
  const crontify = monitorIn(world)
  let older: Run | undefined
  let end: () => void = () => {}
  const first = crontify.wrap((run) => {
    older = run
    return new Promise<void>((resolve) => (end = resolve))
  })
  await world.clock.advance(0)

  await crontify.wrap((run) => {
    older?.meta({ older: 1 })
    run.meta({ newer: 1 })
    expect(run.id).not.toBe(older?.id)
  })
  end()
  await first

  expect(bodyOf(world, 2).meta).toEqual({ duration_ms: 0, newer: 1 })
})

it.each<[string, (run: Run) => void]>([
  ['metadata that is a text', (run) => run.meta({ rows: '5' as never })],
  ['no metadata at all', (run) => run.meta(undefined as never)],
  ['an increment by NaN', (run) => run.increment('rows', Number.NaN)],
  ['an increment of nothing', (run) => run.increment(undefined as never)],
  [
    'a line that is an object',
    (run) =>
      run.log({
        toString: () => {
          throw new Error('x')
        },
      } as never),
  ],
  [
    'a getter that throws',
    (run) =>
      run.meta({
        get rows(): number {
          throw new Error('x')
        },
      }),
  ],
])('throws nothing into the job for %s, and sends the ping', async (_name, use) => {
  const world = scripted()

  await monitorIn(world).wrap((run) => {
    use(run)
    use(run)
  })

  expect(bodyOf(world).meta).toEqual({ duration_ms: 0 })
  expect(world.warnings.length).toBeLessThanOrEqual(1)
})

it('ignores what is said after the job has ended, with one warning', async () => {
  const world = scripted()
  let late: Run | undefined
  await monitorIn(world).wrap((run) => void (late = run))

  late?.meta({ rows: 1 })
  late?.log('late')
  late?.increment('rows')

  expect(world.warnings).toEqual([expect.stringContaining('run.meta was called after its job had ended')])
})

it('works as parts: the methods need no object before them', async () => {
  const world = scripted()

  await monitorIn(world).wrap(async ({ each, increment, log, meta }) => {
    await each([1], () => log('one'))
    increment('rows')
    meta({ files: 2 })
  })

  expect(bodyOf(world).meta).toEqual({
    duration_ms: 0,
    records_processed: 1,
    records_failed: 0,
    rows: 1,
    files: 2,
  })
})

it('hands the run to the job of a client that sends nothing', async () => {
  const world = scripted()

  const result = await monitorIn(world, { enabled: false }).wrap(async (run) => {
    run.meta({ rows: 1 })
    run.log('x')
    return run.each([1, 2], () => {})
  })

  expect(result).toMatchObject({ processed: 2, failed: 0 })
  expect(world.sent).toEqual([])
})

it('warns of a run that takes too long, with what it may be waiting for, and sends nothing', async () => {
  const world = scripted()
  const events: object[] = []
  const wrapped = monitorIn(world, { onEvent: (event) => events.push(event) }).wrap(
    async (run) => {
      run.log('asking the bank')
      await new Promise((resolve) => world.clock.schedule(() => resolve(undefined), 90_000))
      expect(run.signal.aborted).toBe(false)
      throw new Error('no answer')
    },
    { maxDurationMs: 60_000 },
  )

  await expect(letTimePass(world, wrapped)).rejects.toThrow('no answer')

  const text =
    'still running after 60000 ms (maxDurationMs); open: TCPSocketWrap ×2, Timeout; the event loop is 0 ms late'
  expect(world.warnings).toEqual([
    `[crontify] A run of "user-sync" is ${text}; its last line: asking the bank`,
  ])
  expect(world.sent.map((sent) => sent.split(' ')[0])).toEqual(['start', 'fail'])
  expect(bodyOf(world).logOutput).toContain(`asking the bank\n[crontify] ${text}`)
  expect(events).toContainEqual({
    type: 'max-duration',
    monitorId: 'user-sync',
    runId: 'id-0',
    maxDurationMs: 60_000,
    openResources: ['TCPSocketWrap ×2', 'Timeout'],
    eventLoopDelayMs: 0,
    lastLines: ['asking the bank'],
  })
})

it('counts from the call of the job, not from the wait for the start ping', async () => {
  const world = scripted(['hangs unwritten'])
  const wrapped = monitorIn(world, { logger: false }).wrap(
    async (run) => {
      await new Promise((resolve) => world.clock.schedule(() => resolve(undefined), 59_999))
      return run.signal.aborted
    },
    { maxDurationMs: 60_000, onMaxDuration: 'abort' },
  )

  expect(await letTimePass(world, wrapped)).toBe(false)
})

it('aborts the signal of a run that takes too long, where it is asked to', async () => {
  const world = scripted()
  const wrapped = monitorIn(world).wrap(
    (run) =>
      new Promise((_resolve, reject) => {
        run.signal.addEventListener('abort', () => reject(run.signal.reason as Error))
      }),
    { maxDurationMs: 60_000, onMaxDuration: 'abort' },
  )

  await expect(letTimePass(world, wrapped)).rejects.toMatchObject({ name: 'TimeoutError' })

  expect(bodyOf(world).errorMessage).toBe('The run of "user-sync" took longer than 60000 ms')
})

it('says nothing of a run that ends in time, and leaves no timer behind', async () => {
  const world = scripted()

  await monitorIn(world).wrap(async () => world.clock.advance(59_999), { maxDurationMs: 60_000 })
  await world.clock.advance(600_000)

  expect(world.warnings).toEqual([])
})

it.each([0, -1, 1.5, Number.NaN, '60000'])(
  'ignores a maxDurationMs of %j, with a warning',
  async (maxDurationMs) => {
    const world = scripted()

    expect(await monitorIn(world).wrap(() => 'done', { maxDurationMs: maxDurationMs as number })).toBe('done')

    expect(world.warnings).toEqual([
      expect.stringContaining('maxDurationMs of wrap must be an integer of at least 1'),
    ])
  },
)

it('reports how far a run came whose process ends', async () => {
  const world = scripted()
  let drain: () => void = () => {}
  const exits = {
    ...world.surroundings.exits,
    addMonitor: (monitor: { endOpenRuns(end: { type: 'drained' }): void }) => {
      drain = () => monitor.endOpenRuns({ type: 'drained' })
    },
  }
  const monitor = new CrontifyMonitor(
    { apiKey: TEST_KEY, monitorId: 'user-sync' },
    { ...world.surroundings, exits },
  )
  void monitor.wrap((run) => {
    run.increment('rows', 3)
    run.log('waiting for nothing')
    return new Promise(() => {})
  })
  await world.clock.advance(0)

  drain()
  await world.clock.advance(0)

  expect(bodyOf(world)).toMatchObject({
    meta: { rows: 3, duration_ms: 0 },
    logOutput: 'waiting for nothing',
    errorMessage: expect.stringContaining('the event loop ended') as string,
  })
})

it('keeps the last lines in the record of the open run, redacted, asked for only when it is written', async () => {
  const world = scripted()
  const logs: (() => string)[] = []
  const openSpool = () => ({
    ...world.surroundings.openSpool({ origin: '', pathPrefix: '', apiKey: '' }, '', () => {}),
    openRun: () => ({
      refresh: (log: () => string) => void logs.push(log),
      ended: () => false,
      remove: () => {},
    }),
  })
  const monitor = new CrontifyMonitor(
    { apiKey: TEST_KEY, monitorId: 'user-sync', delivery: { spoolDirectory: '/spool' } },
    { ...world.surroundings, openSpool },
  )

  await monitor.wrap((run) => run.log(`token=${'a1'.repeat(12)}`))

  expect(logs.map((log) => log())).toEqual(['token=[redacted]'])
})
