import { expect } from 'vitest'
import type { Fault } from '@crontify/mock-server'
import type { MonitorOptions } from '@crontify/sdk'
import { allSent, MONITOR, type Stage } from './stage.ts'

/** For adapters of platforms that freeze the process: they wait for the pings, but no longer than the monitor's options say. */
const HARDLY_WAITS = { endWaitMs: 10 }

/** The job ends for the scheduler as it would without us, and before the service has taken anything: nothing waits for it. */
async function runsUnhurt(stage: Stage, options: Partial<MonitorOptions>, fault?: Fault): Promise<void> {
  const unhandled: unknown[] = []
  const note = (error: unknown): void => void unhandled.push(error)
  process.on('unhandledRejection', note)
  try {
    if (fault !== undefined) stage.server.faults.add(fault)
    const watcher = stage.monitor({ delivery: HARDLY_WAITS, ...options })
    const failing = (): never => {
      throw new Error('disk is full')
    }
    for (const job of [async () => ({ rows: 1 }), failing]) {
      const running = await stage.watched({ job, monitor: watcher })
      const seen = await running.run()
      expect(seen).toEqual(await (await stage.bare(job)).run())
    }
    expect(watcher.stats().delivered).toBe(0)
    expect(stage.pings()).toEqual([])
    // Rejections are told when the event loop comes round.
    await new Promise((resolve) => setImmediate(resolve))
    expect(unhandled).toEqual([])
  } finally {
    process.off('unhandledRejection', note)
  }
}

export const outageRows = {
  'a service that is not there': (stage: Stage): Promise<void> =>
    runsUnhurt(stage, { baseUrl: 'http://127.0.0.1:1', silent: false }),

  'a service that never answers': (stage: Stage): Promise<void> => runsUnhurt(stage, {}, { type: 'silence' }),

  'a service that always says 503': (stage: Stage): Promise<void> =>
    runsUnhurt(stage, {}, { type: 'status', status: 503 }),

  'a service that refuses the key': (stage: Stage): Promise<void> =>
    runsUnhurt(stage, { apiKey: 'ck_live_of_somebody_else', silent: false }),

  'a start that takes longer than the job still comes first': async ({
    monitor,
    watched,
    pings,
    server,
  }: Stage): Promise<void> => {
    server.faults.add({ type: 'latency', delay: '300ms', kind: 'start', times: 1 })
    const watcher = monitor({ delivery: HARDLY_WAITS })
    const running = await watched({ job: async () => {}, monitor: watcher })

    await running.run()
    expect(watcher.stats().delivered).toBe(0)
    await allSent(watcher)

    expect(pings()).toEqual(['start', 'success'])
    expect(server.alerts()).toEqual([])
  },

  'a service that is back again hears of the failure': async ({
    monitor,
    watched,
    server,
  }: Stage): Promise<void> => {
    server.faults.add({ type: 'reset', kind: 'fail', times: 1 })
    const watcher = monitor()
    const running = await watched({
      job: () => Promise.reject(new Error('disk is full')),
      monitor: watcher,
    })

    await running.run()
    await allSent(watcher)

    expect(server.runs(MONITOR)).toMatchObject([{ status: 'failed', errorMessage: 'disk is full' }])
    expect(server.alerts().map(({ type }) => type)).toEqual(['failure'])
  },

  'runs without a service pile up to a bound, and each ping is accounted for': async ({
    monitor,
    watched,
    server,
  }: Stage): Promise<void> => {
    server.faults.add({ type: 'silence' })
    const watcher = monitor({ delivery: HARDLY_WAITS })
    const running = await watched({ job: async () => {}, monitor: watcher })

    for (let runs = 0; runs < 100; runs++) await running.run()

    const { created, delivered, skipped, dropped, pending } = watcher.stats()
    expect(created).toBe(200)
    expect(delivered).toBe(0)
    expect(pending).toBeLessThan(created)
    expect(skipped + dropped + pending).toBe(created)
  },
} as const
