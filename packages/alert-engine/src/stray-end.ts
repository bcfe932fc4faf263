import type { Instant } from './clock.ts'
import { type ClosedRun, type MonitorEvent, NO_MEMORY, type RunningState, type Step } from './model.ts'
import type { Terms } from './terms.ts'
import { watchAfterPing } from './watch.ts'

type End = Extract<MonitorEvent, { type: 'success' | 'fail' }>

/** True for an end without a start, where the semantics make a mere record of it. [?] */
export function isStray(state: RunningState, { semantics }: Terms): boolean {
  return semantics.endWithoutStart === 'recordOnly' && (state.status === 'waiting' || state.openRun === null)
}

/** The record of an end that counts for nothing but the silence that it ends. [?] */
export function onStrayEnd(state: RunningState, event: End, now: Instant, terms: Terms): Step {
  const watch = state.status === 'waiting' ? null : state.watch
  const pinged = {
    lastPingAt: now,
    watch: watchAfterPing(watch, { type: event.type, endsOpenRun: false }, now, terms),
  }
  return {
    state:
      state.status === 'waiting'
        ? { status: 'active', ...pinged, openRun: null, memory: NO_MEMORY }
        : { ...state, ...pinged },
    openedRun: null,
    closedRuns: [recordOf(event, now, terms)],
    alerts: [],
  }
}

function recordOf(event: End, now: Instant, terms: Terms): ClosedRun {
  const meta = event.meta === undefined ? {} : { meta: event.meta }
  const ended = { runId: event.newRunId(), monitorId: terms.monitorId, endedAt: now, ...meta }
  if (event.type === 'success') return { status: 'success', ...ended }
  return {
    status: 'failed',
    ...ended,
    ...(event.errorMessage === undefined ? {} : { errorMessage: event.errorMessage }),
    ...(event.logOutput === undefined ? {} : { logOutput: event.logOutput }),
  }
}
