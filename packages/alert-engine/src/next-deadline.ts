import type { Instant } from './clock.ts'
import { hungFromAt } from './hung.ts'
import { missedFromAt } from './missed.ts'
import type { MonitorState } from './model.ts'
import type { Terms } from './terms.ts'

/**
 * The first instant at which a sweep can find something, if no event comes before; `null` where none ever will.
 *
 * A sweep before it changes nothing, so it can be left out. Sweeps stay at their own times all the same: a
 * run that is missed at 02:10:30 is found, and dated, by the sweep of 02:11.
 */
export function nextDeadline(state: MonitorState, terms: Terms): Instant | null {
  if (state.status === 'paused') return state.until ?? null
  if (state.status === 'waiting') return null
  const { openRun, watch } = state
  const canMiss = watch !== null && (state.status === 'active' || terms.semantics.missedWhileFailing)
  const missedAt = canMiss ? missedFromAt(watch.expectedAt, terms) : null
  if (openRun === null) return missedAt
  // While a run is open and within its limit, its slots are skipped, not missed.
  if (terms.semantics.missedBy === 'schedule') return hungFromAt(openRun, terms)
  const hungAt = hungFromAt(openRun, terms)
  return missedAt === null ? hungAt : Math.min(missedAt, hungAt)
}
