import { alertOf } from './alerts.ts'
import type { Instant } from './clock.ts'
import type { MonitorEvent, RunningState, Step } from './model.ts'
import type { Terms } from './terms.ts'
import { watchAfterPing } from './watch.ts'

/** A start ping: opens a run, and closes the one that was still open as overlapped. [D PINGS, RUNS] */
export function onStart(
  state: RunningState,
  event: Extract<MonitorEvent, { type: 'start' }>,
  now: Instant,
  terms: Terms,
): Step {
  const superseded = state.status === 'waiting' ? null : state.openRun
  const watch = state.status === 'waiting' ? null : state.watch
  const runId = event.newRunId()
  const pinged = {
    lastPingAt: now,
    watch: watchAfterPing(watch, { type: 'start', endsOpenRun: false }, now, terms),
    openRun: { runId, startedAt: now, watchedFrom: now },
  }
  return {
    // A start shows that the job is alive, not that it works: only a success ends an outage. [I]
    state:
      state.status === 'failing'
        ? { status: 'failing', failingSince: state.failingSince, ...pinged }
        : { status: 'active', ...pinged },
    openedRun: { status: 'running', runId, monitorId: terms.monitorId, startedAt: now },
    closedRuns:
      superseded === null
        ? []
        : [
            {
              status: 'overlapped',
              runId: superseded.runId,
              monitorId: terms.monitorId,
              startedAt: superseded.startedAt,
              endedAt: now,
            },
          ],
    alerts:
      superseded === null || !terms.overlapAlerts
        ? []
        : [
            alertOf(
              {
                type: 'overlapped',
                details: {
                  startedAt: superseded.startedAt,
                  openMs: now - superseded.startedAt,
                  newRunId: runId,
                },
              },
              superseded.runId,
              now,
              terms,
            ),
          ],
  }
}
