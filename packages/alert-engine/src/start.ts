import { alertOf } from './alerts.ts'
import type { Instant } from './clock.ts'
import { dispatch } from './cooldown.ts'
import {
  type ClosedRun,
  type MonitorEvent,
  NEVER_PINGED,
  type OpenRun,
  type RunId,
  type RunningState,
  type Step,
} from './model.ts'
import { slotsBefore } from './skipped-slots.ts'
import type { Terms } from './terms.ts'
import { watchAfterPing, type WatchedPing } from './watch.ts'

const NONE: readonly [] = Object.freeze([])
const START: WatchedPing = Object.freeze({ type: 'start', endsOpenRun: false })

/** A start ping: opens a run, and closes the one that was still open as overlapped. [D PINGS, RUNS] */
export function onStart(
  state: RunningState,
  event: Extract<MonitorEvent, { type: 'start' }>,
  now: Instant,
  terms: Terms,
): Step {
  const facts = state.status === 'waiting' ? NEVER_PINGED : state
  const { openRun: superseded, watch } = facts
  const runId = event.newRunId()
  const raised = superseded === null ? NONE : [overlapAlert(superseded, runId, now, terms)]
  const { alerts, memory } = dispatch(raised, facts.memory, false, now, terms)
  // Once an alert says that nothing ends, each run has its own limit again.
  const watchedFrom = superseded === null || facts.hungRun !== null ? now : superseded.watchedFrom
  const openRun = { runId, startedAt: now, watchedFrom }
  const { hungRun, silent } = facts
  const next = watchAfterPing(watch, START, now, terms)
  return {
    state:
      state.status === 'failing'
        ? // A job that starts and fails again has not recovered. [I]
          { ...state, lastPingAt: now, watch: next, openRun, memory }
        : { status: 'active', lastPingAt: now, watch: next, openRun, hungRun, silent, memory },
    openedRun: { status: 'running', runId, monitorId: terms.monitorId, startedAt: now },
    closedRuns: superseded === null ? NONE : [overlappedRun(superseded, now, terms)],
    // The last slot is that of this start.
    skippedSlots: superseded === null ? NONE : slotsBefore(watch, now + 1, terms).slice(0, -1),
    alerts,
  }
}

function overlappedRun({ runId, startedAt }: OpenRun, now: Instant, terms: Terms): ClosedRun {
  return { status: 'overlapped', runId, monitorId: terms.monitorId, startedAt, endedAt: now }
}

function overlapAlert(
  { runId, startedAt }: OpenRun,
  newRunId: RunId,
  now: Instant,
  terms: Terms,
): ReturnType<typeof alertOf> {
  return alertOf(
    { type: 'overlapped', details: { startedAt, openMs: now - startedAt, newRunId } },
    runId,
    now,
    terms,
  )
}
