import { alertOf } from './alerts.ts'
import type { Instant } from './clock.ts'
import type { ActiveState, Alert, ClosedRun, FailingState, Memory, RunId, Watch } from './model.ts'
import { MAX_MISSED_RECORDS } from './service-rules.ts'
import type { Terms } from './terms.ts'

/** What a sweep found missing. */
export interface MissedSlots {
  /** Oldest first. */
  readonly runs: readonly ClosedRun[]
  /** Of these and of those beyond what is recorded. */
  readonly slotsMissed: number
  /** `null` where an alert about this silence was sent, or was suppressed by a cooldown. */
  readonly alert: Alert | null
  /** What is expected next. */
  readonly watch: Watch | null
}

/** Slots are counted up to this many times the most that are recorded: a long sleep must not become a long loop. */
const COUNTED_PER_RECORDED = 10

/** The slots that have gone by without a ping; `null` where none has. One silence alerts once. */
export function findMissed(
  state: ActiveState | FailingState,
  now: Instant,
  newRunId: () => RunId,
  terms: Terms,
): MissedSlots | null {
  const { watch, lastPingAt } = state
  if (watch === null || !isMissed(watch.expectedAt, now, terms)) return null
  if (state.status === 'failing' && !terms.semantics.missedWhileFailing) return null

  const runs: ClosedRun[] = []
  const mostSlots = MAX_MISSED_RECORDS * COUNTED_PER_RECORDED
  let slotsMissed = 0
  let expectedAt: Instant | null = watch.expectedAt
  while (expectedAt !== null && slotsMissed < mostSlots && isMissed(expectedAt, now, terms)) {
    if (runs.length < MAX_MISSED_RECORDS) {
      runs.push({ status: 'missed', runId: newRunId(), monitorId: terms.monitorId, expectedAt })
    }
    slotsMissed += 1
    expectedAt = terms.nextExpectedAfter(expectedAt)
  }
  const uncounted = expectedAt !== null && isMissed(expectedAt, now, terms)
  if (uncounted) expectedAt = terms.nextExpectedAfter(now - terms.missedAfterMs)

  const details = {
    expectedAt: watch.expectedAt,
    graceMs: terms.graceMs,
    lastPingAt,
    slotsMissed,
    slotsNotRecorded: slotsMissed - runs.length,
    ...(uncounted ? { countStopped: true as const } : {}),
  }
  const first = runs[0]
  return {
    runs,
    slotsMissed,
    alert:
      first === undefined || !isTellable(watch, state.memory, now, terms)
        ? null
        : alertOf({ type: 'missed', details }, first.runId, now, terms),
    watch: expectedAt === null ? null : { expectedAt, notified: watch.notified },
  }
}

/** One alert for each silence; one that a cooldown suppressed is sent with the first slot after that. */
function isTellable(watch: Watch, memory: Memory, now: Instant, terms: Terms): boolean {
  if (watch.notified !== 'suppressed') return watch.notified === 'no'
  const from = memory.cooldownsFrom['missed']
  return from === undefined || now - from >= terms.cooldownMs
}

/**
 * When a sweep first finds the expected run missed: at the end of the grace period, as in the example of 09:05, or after it, as in the
 * loop. [D MON, both]
 */
export function missedFromAt(expectedAt: Instant, terms: Terms): Instant {
  return expectedAt + terms.missedAfterMs + (terms.semantics.missedBy === 'schedule' ? 0 : 1)
}

function isMissed(expectedAt: Instant, now: Instant, terms: Terms): boolean {
  return now >= missedFromAt(expectedAt, terms)
}
