import type { Run } from '../run/run.ts'
import { createPingCounts } from './ping-counts.ts'
import type { MonitorClient } from './monitor/monitor-client.ts'

/**
 * The client of a monitor whose code is gone: a deployment has removed the files of a process that still runs, or the
 * process has no file descriptor left. Jobs run; pings are counted as dropped.
 */
export function createInertMonitor(newId: () => string): MonitorClient {
  const counts = createPingCounts()
  const drop = async (): Promise<null> => {
    counts.created()
    counts.dropped('not-loaded')
    return null
  }
  const stats = async () => counts.snapshot()
  return {
    runs: undefined,
    start: drop,
    success: drop,
    fail: drop,
    wrap: async (job) => {
      if (typeof job !== 'function') throw new TypeError('wrap takes the job as a function')
      void drop()
      try {
        return await job(inertRun(newId()))
      } finally {
        void drop()
      }
    },
    heartbeat: () => () => {},
    flush: stats,
    close: stats,
    stats: counts.snapshot,
  }
}

function inertRun(id: string): Run {
  const { signal } = new AbortController()
  return {
    id,
    signal,
    meta: () => {},
    increment: () => {},
    log: () => {},
    each: async (records, handle, { stopOn } = {}) => {
      const errors: { index: number; error: unknown }[] = []
      let [processed, failed, index] = [0, 0, 0]
      for await (const record of records) {
        try {
          await handle(record, index)
          processed++
        } catch (error) {
          failed++
          if (errors.length < 10) errors.push({ index, error })
          const isEnough = typeof stopOn === 'function' ? stopOn({ processed, failed }) : failed === stopOn
          if (isEnough) throw error
        }
        index++
      }
      return { processed, failed, errors }
    },
  }
}
