import { alertOf } from './alerts.ts'
import type { Instant } from './clock.ts'
import type { ActiveState, Alert, ClosedRun, FailingState, OpenRun } from './model.ts'
import type { Terms } from './terms.ts'

/** An open run that a sweep has given up. */
export interface HungRun {
  readonly run: ClosedRun
  readonly alert: Alert
}

/** The open run, if it has been open for longer than its limit; else `null`. [D RUNS] */
export function findHung(state: ActiveState | FailingState, now: Instant, terms: Terms): HungRun | null {
  const { openRun } = state
  if (openRun === null || now < hungFromAt(openRun, terms)) return null
  const { runId, startedAt } = openRun
  const details = { startedAt, openMs: now - startedAt, limitMs: terms.hungAfterMs }
  return {
    run: { status: 'hung', runId, monitorId: terms.monitorId, startedAt, endedAt: now },
    alert: alertOf({ type: 'hung', details }, runId, now, terms),
  }
}

/** When a sweep first finds the open run hung: it must have been open for longer than the limit. [D RUNS] */
export function hungFromAt(openRun: OpenRun, terms: Terms): Instant {
  return openRun.watchedFrom + terms.hungAfterMs + 1
}
