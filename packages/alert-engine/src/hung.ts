import { alertOf } from './alerts.ts'
import type { Instant } from './clock.ts'
import type { ActiveState, Alert, ClosedRun, FailingState, HungRun, OpenRun } from './model.ts'
import type { Terms } from './terms.ts'

/** An open run that a sweep gives up. */
export interface FoundHung {
  readonly run: ClosedRun
  readonly hungRun: Omit<HungRun, 'notified'>
  /** `null` where an alert says already that nothing ends. */
  readonly alert: Alert | null
}

/** The open run, if nothing has ended for longer than its limit; else `null`. [D RUNS; of newer starts I] */
export function findHung(state: ActiveState | FailingState, now: Instant, terms: Terms): FoundHung | null {
  const { openRun, hungRun } = state
  if (openRun === null || now < hungFromAt(openRun, terms)) return null
  const { runId, startedAt, watchedFrom } = openRun
  const details = {
    startedAt,
    openMs: now - startedAt,
    limitMs: terms.hungAfterMs,
    ...(watchedFrom < startedAt ? { noEndSinceAt: watchedFrom } : {}),
  }
  return {
    run: { status: 'hung', runId, monitorId: terms.monitorId, startedAt, endedAt: now },
    hungRun: { runId, startedAt },
    alert: hungRun?.notified === true ? null : alertOf({ type: 'hung', details }, runId, now, terms),
  }
}

/** When a sweep first finds the open run hung: it must have been open for longer than the limit. [D RUNS] */
export function hungFromAt(openRun: OpenRun, terms: Terms): Instant {
  return openRun.watchedFrom + terms.hungAfterMs + 1
}
