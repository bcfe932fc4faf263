import { alertOf } from './alerts.ts'
import type { Instant } from './clock.ts'
import { dispatch } from './cooldown.ts'
import {
  type Alert,
  type ClosedRun,
  type Memory,
  type MonitorEvent,
  NO_MEMORY,
  type OpenRun,
  type RunId,
  type RunningState,
  type Step,
} from './model.ts'
import { recoveryAlert } from './run-end-alerts.ts'
import type { Terms } from './terms.ts'
import { watchAfterPing } from './watch.ts'

const NONE: readonly [] = Object.freeze([])

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
  const before = state.status === 'waiting' ? NO_MEMORY : state.memory
  const recovers = state.status === 'failing' && startEndsOutage(before, terms)
  const raised = [
    ...(recovers ? recoveryAlert(state.failingSince, runId, now, terms) : NONE),
    ...(superseded === null ? NONE : overlapAlerts(superseded, runId, now, terms)),
  ]
  const wasTold = state.status === 'failing' && state.told
  const { alerts, memory } = dispatch(raised, before, wasTold, now, terms)
  const pinged = {
    lastPingAt: now,
    watch: watchAfterPing(watch, { type: 'start', endsOpenRun: false }, now, terms),
    openRun: { runId, startedAt: now, watchedFrom: now },
    memory,
  }
  return {
    state:
      state.status === 'failing' && !recovers
        ? { status: 'failing', failingSince: state.failingSince, told: state.told, ...pinged }
        : { status: 'active', ...pinged },
    openedRun: { status: 'running', runId, monitorId: terms.monitorId, startedAt: now },
    closedRuns: superseded === null ? NONE : [overlappedRun(superseded, now, terms)],
    alerts,
  }
}

/** Not while the failure rate is too high: what begins there may fail again. [I] */
function startEndsOutage(memory: Memory, { failureRate, semantics }: Terms): boolean {
  return (
    semantics.outageEndedBy === 'startOrSuccessPing' && (failureRate === null || memory.rateTold === 'no')
  )
}

function overlappedRun({ runId, startedAt }: OpenRun, now: Instant, terms: Terms): ClosedRun {
  return { status: 'overlapped', runId, monitorId: terms.monitorId, startedAt, endedAt: now }
}

function overlapAlerts(superseded: OpenRun, newRunId: RunId, now: Instant, terms: Terms): readonly Alert[] {
  if (!terms.semantics.overlapAlerts) return NONE
  const { runId, startedAt } = superseded
  const details = { startedAt, openMs: now - startedAt, newRunId }
  return [alertOf({ type: 'overlapped', details }, runId, now, terms)]
}
