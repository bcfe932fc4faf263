import type { Instant } from './clock.ts'
import { findHung } from './hung.ts'
import { findMissed } from './missed.ts'
import type { MonitorEvent, RunningState, Step } from './model.ts'
import type { Terms } from './terms.ts'

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
    return { state, openedRun: null, closedRuns: [], alerts: [] }
  }
  return {
    state: {
      status: 'failing',
      failingSince: state.status === 'failing' ? state.failingSince : now,
      lastPingAt: state.lastPingAt,
      watch: missed === null ? state.watch : missed.watch,
      openRun: hung === null ? state.openRun : null,
    },
    openedRun: null,
    closedRuns: [...(hung === null ? [] : [hung.run]), ...(missed === null ? [] : missed.runs)],
    alerts: [hung?.alert, missed?.alert].filter((alert) => alert !== undefined && alert !== null),
  }
}
