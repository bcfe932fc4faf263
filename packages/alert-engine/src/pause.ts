import type { Instant } from './clock.ts'
import {
  type ActiveState,
  type FailingState,
  type MonitorState,
  NO_MEMORY,
  type PausedState,
  type RunningState,
  type Step,
} from './model.ts'
import type { Terms } from './terms.ts'
import { freshWatch } from './watch.ts'

/** The state of a monitor that is paused, or whose pause gets another end and reason. */
export function paused(
  state: MonitorState,
  { until, reason }: { readonly until?: Instant; readonly reason?: string },
): PausedState {
  return {
    status: 'paused',
    resumesAs: state.status === 'paused' ? state.resumesAs : state,
    ...(until === undefined ? {} : { until }),
    ...(reason === undefined ? {} : { reason }),
  }
}

/** Ends a pause whose end has passed, as a resume at that instant would. Any other state stays as it is. [I] */
export function afterPause(state: MonitorState, now: Instant, terms: Terms): MonitorState {
  if (state.status !== 'paused' || state.until === undefined || now < state.until) return state
  return resumed(state, state.until, terms)
}

/**
 * What a step means for a monitor that is paused: its runs are recorded, its alerts are not. [D MON; the rest I]
 *
 * A failure in this time is forgotten: no alert about it was sent, and the recovery would be the first alert about it. [I]
 */
export function muted(before: PausedState, step: Step): Step {
  const { state } = step
  if (state.status === 'paused' || state.status === 'waiting') return step
  return {
    ...step,
    state: { ...before, resumesAs: withoutAlerts(state, before.resumesAs) },
    alerts: [],
  }
}

/** The state without the alerts of this step, which are not sent. */
function withoutAlerts(state: ActiveState | FailingState, before: RunningState): RunningState {
  const { rateNotified, cooldownsFrom } = before.status === 'waiting' ? NO_MEMORY : before.memory
  const memory = { ...state.memory, rateNotified, cooldownsFrom }
  const wasSilenceNotified = before.status !== 'waiting' && before.silent?.notified === true
  const silent = state.silent && { ...state.silent, notified: wasSilenceNotified }
  if (state.status === 'active') return { ...state, silent, memory }
  if (before.status === 'failing') return { ...state, silent, memory, notified: before.notified }
  return asActive({ ...state, silent, memory })
}

/** Takes the pause back: every window, for the next ping and for the open run, begins anew. [I] */
export function resumed(before: PausedState, now: Instant, terms: Terms): RunningState {
  const state = before.resumesAs
  if (state.status === 'waiting') return state
  return {
    ...state,
    watch: freshWatch(state.watch, now, terms),
    openRun: state.openRun === null ? null : { ...state.openRun, watchedFrom: now },
  }
}

function asActive({ lastPingAt, watch, openRun, hungRun, silent, memory }: FailingState): ActiveState {
  return { status: 'active', lastPingAt, watch, openRun, hungRun, silent, memory }
}
