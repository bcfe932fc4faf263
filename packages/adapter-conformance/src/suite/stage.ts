import { createMockServer, type MockServer } from '@crontify/mock-server'
import { CrontifyMonitor, type MonitorOptions } from '@crontify/sdk'
import type { AdapterHarness, Job, JobOnScheduler, RunningAdapter } from './adapter-harness.ts'

export const MONITOR = 'watched-job'

/** What a row works with: a local Crontify over real HTTP, and jobs on the real scheduler. */
export interface Stage {
  readonly server: MockServer
  readonly harness: AdapterHarness
  /** A monitor of that Crontify, or with other settings. */
  readonly monitor: (options?: Partial<MonitorOptions>) => CrontifyMonitor
  /** A job that is watched; closed at the end of the row. */
  readonly watched: (setting: JobOnScheduler) => Promise<RunningAdapter>
  /** The same scheduler without any monitor. */
  readonly bare: (job: Job) => Promise<RunningAdapter>
  /** Kinds of the pings in the order in which the service took them. */
  readonly pings: () => readonly string[]
}

/** Sets the stage for one row. */
export async function openStage(
  harness: AdapterHarness,
): Promise<{ readonly stage: Stage; readonly close: () => Promise<void> }> {
  const server = await createMockServer({ monitors: [{ id: MONITOR }], rateLimitPerMinute: Infinity })
  const closers: (() => Promise<unknown>)[] = [() => server.close()]
  const watched = async (setting: JobOnScheduler): Promise<RunningAdapter> => {
    const running = await harness.open(setting)
    closers.push(() => running.close())
    return running
  }
  const stage: Stage = {
    server,
    harness,
    monitor: (options = {}) => {
      const monitor = new CrontifyMonitor({
        apiKey: server.apiKey,
        baseUrl: server.url,
        monitorId: MONITOR,
        logger: false,
        ...options,
      })
      closers.push(() => monitor.close({ withinMs: 100 }))
      return monitor
    },
    watched,
    bare: (job) => watched({ job, monitor: undefined }),
    pings: () => server.pings().map(({ kind }) => kind),
  }
  return {
    stage,
    close: async () => {
      for (const close of closers.reverse()) await close()
    },
  }
}

/** Waits until the pings of a monitor have ended. The row fails if one was lost, or needs longer than this. */
export async function allSent(monitor: CrontifyMonitor): Promise<void> {
  const { created, delivered, skipped } = await monitor.flush({ withinMs: 10_000 })
  if (delivered + skipped !== created) {
    throw new Error(`${created - delivered - skipped} of ${created} pings have not arrived`)
  }
}
