import type { Instant } from './clock.ts'
import type { ActiveState, FailingState, MonitorState, RunningState, Step } from './model.ts'
import type { Terms } from './terms.ts'
import { freshWatch } from './watch.ts'

type PausedState = Extract<MonitorState, { status: 'paused' }>

/**
 * What a step means for a monitor that is paused: its runs are recorded, its alerts are not. [D MON; the rest I]
 *
 * It does not begin to fail in this time, or it would later announce the recovery from a failure that nobody was
 * told of.
 */
export function muted(paused: PausedState, step: Step): Step {
  const { state } = step
  if (state.status === 'paused') return step
  const failedUnseen = state.status === 'failing' && paused.resumesAs.status !== 'failing'
  return {
    ...step,
    state: { status: 'paused', resumesAs: failedUnseen ? asActive(state) : state },
    alerts: [],
  }
}

/** Takes the pause back: every window, for the next ping and for the open run, begins anew. [I] */
export function resumed(paused: PausedState, now: Instant, terms: Terms): RunningState {
  const state = paused.resumesAs
  if (state.status === 'waiting') return state
  return {
    ...state,
    watch: freshWatch(state.watch, now, terms),
    openRun: state.openRun === null ? null : { ...state.openRun, watchedFrom: now },
  }
}

function asActive({ lastPingAt, watch, openRun }: FailingState): ActiveState {
  return { status: 'active', lastPingAt, watch, openRun }
}
