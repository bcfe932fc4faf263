import type { Instant } from './clock.ts'
import { dispatch, tellsOfOutage } from './cooldown.ts'
import { findHung } from './hung.ts'
import { findMissed } from './missed.ts'
import type { Alert, MonitorEvent, RunningState, Step, Watch } from './model.ts'
import type { Terms } from './terms.ts'

const NONE: readonly [] = Object.freeze([])

/**
 * The periodic look at one monitor. What it finds is dated by the sweep, not by the moment it became true: the
 * modelled service knows nothing earlier. [D MON]
 */
export function onSweep(
  state: RunningState,
  event: Extract<MonitorEvent, { type: 'sweep' }>,
  now: Instant,
  terms: Terms,
): Step {
  const hung = state.status === 'waiting' ? null : findHung(state, now, terms)
  const missed = state.status === 'waiting' ? null : findMissed(state, now, event.newRunId, terms)
  if (state.status === 'waiting' || (hung === null && missed === null)) {
    return { state, openedRun: null, closedRuns: NONE, alerts: NONE }
  }
  const raised = [hung?.alert, missed?.alert].filter((alert) => alert !== undefined && alert !== null)
  const wasTold = state.status === 'failing' && state.told
  const { alerts, memory } = dispatch(raised, state.memory, wasTold, now, terms)
  return {
    state: {
      status: 'failing',
      failingSince: state.status === 'failing' ? state.failingSince : now,
      told: wasTold || tellsOfOutage(alerts),
      lastPingAt: state.lastPingAt,
      watch: missed === null ? state.watch : watchAfterAlert(missed.watch, alerts),
      openRun: hung === null ? state.openRun : null,
      memory,
    },
    openedRun: null,
    closedRuns: [...(hung === null ? [] : [hung.run]), ...(missed === null ? [] : missed.runs)],
    alerts,
  }
}

/** What is awaited next, with what became of the alert about this silence. */
function watchAfterAlert(watch: Watch | null, alerts: readonly Alert[]): Watch | null {
  const alert = alerts.find(({ type }) => type === 'missed')
  if (watch === null || alert === undefined) return watch
  return { ...watch, told: alert.suppressed === undefined ? 'sent' : 'suppressed' }
}
