import type { Instant } from './clock.ts'
import { onFail } from './fail.ts'
import type { MonitorEvent, MonitorState, RunningState, Step } from './model.ts'
import { afterPause, muted, paused, resumed } from './pause.ts'
import { onStart } from './start.ts'
import { onSuccess } from './success.ts'
import { onSweep } from './sweep.ts'
import type { Terms } from './terms.ts'

/**
 * What the service makes of an event: the monitor's next state, and what became true on the way.
 *
 * Pure: it reads no clock, makes no id, draws no chance and changes none of its arguments, so the same history gives
 * the same runs and alerts, always. Never throws.
 *
 * @param before  {@link WAITING} for a monitor that has never been pinged.
 * @param now    Not before the `now` of the event before; if the machine's clock was set back, nothing is
 *               missed or hung until it has caught up.
 * @example
 * import { scheduleAware, termsOf, transition, WAITING } from '@crontify/alert-engine'
 *
 * const terms = termsOf({ id: 'nightly-backup', schedule: '0 2 * * *' }, scheduleAware)
 * const pingedAt = Date.parse('2026-01-05T02:00:00Z')
 * const step = transition(WAITING, { type: 'success', newRunId: () => 'run-1' }, pingedAt, terms)
 * console.log(step.state.status, step.alerts.length) // active 0
 */
export function transition(before: MonitorState, event: MonitorEvent, now: Instant, terms: Terms): Step {
  const state = afterPause(before, now, terms)
  switch (event.type) {
    case 'start':
    case 'success':
    case 'fail':
      return state.status === 'paused'
        ? muted(state, onPing(state.resumesAs, event, now, terms))
        : onPing(state, event, now, terms)
    case 'sweep':
      return state.status === 'paused' ? unchanged(state) : onSweep(state, event, now, terms)
    case 'pause':
      return unchanged(paused(state, event))
    case 'resume':
      return unchanged(state.status === 'paused' ? resumed(state, now, terms) : state)
  }
}

const NONE: readonly [] = Object.freeze([])

type Ping = Extract<MonitorEvent, { type: 'start' | 'success' | 'fail' }>

function onPing(state: RunningState, event: Ping, now: Instant, terms: Terms): Step {
  switch (event.type) {
    case 'start':
      return onStart(state, event, now, terms)
    case 'success':
      return onSuccess(state, event, now, terms)
    case 'fail':
      return onFail(state, event, now, terms)
  }
}

function unchanged(state: MonitorState): Step {
  return { state, openedRun: null, closedRuns: NONE, skippedSlots: NONE, alerts: NONE }
}
