import type { MonitorRuns } from '../../run/life/monitor-runs.ts'
import { settleWithin } from '../../settle-within.ts'
import type { MonitorPings } from './monitor-pings.ts'
import type { PingStats } from '../ping-counts.ts'

/**
 * Takes no new run from here on, waits for the open ones and for their pings, and warns of each run it gives up.
 *
 * The end of a run that was given up is still sent if it comes before the process ends; a process that exits first fails the run.
 */
export async function closeMonitor(
  { allEnded, context }: MonitorRuns,
  pings: MonitorPings,
  withinMs: number,
): Promise<PingStats> {
  const { clock, monitorId, say } = context
  const beganAt = clock.monotonic()
  pings.close()
  const stillOpen = await allEnded(withinMs)
  for (const { id } of stillOpen) {
    say(
      `close() stopped waiting for run ${id} of "${monitorId}" after ${withinMs} ms. Its end is sent only if it comes before the process ends.`,
    )
  }
  await settleWithin(pings.idle(), withinMs - (clock.monotonic() - beganAt), clock)
  pings.drop()
  // The drops are counted in promise callbacks.
  await Promise.resolve()
  return pings.stats()
}
