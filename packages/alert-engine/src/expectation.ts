import { DEFAULT_SCHEDULE_DIALECT, type MonitorDefinition } from '@crontify/protocol'
import type { Calendar } from './calendar.ts'
import type { DurationMs, Instant } from './clock.ts'
import type { Semantics } from './semantics.ts'
import { EARLY_TOLERANCE_MS } from './service-rules.ts'

/** When runs of a monitor are expected. */
export interface Expectation {
  /** The first instant after this one at which a run is expected; `null` where none is. */
  readonly nextExpectedAfter: (instant: Instant) => Instant | null
  /** What is awaited once a ping has come at this instant: the slot that the ping may be early for is served. */
  readonly awaitedAfterPing: (instant: Instant) => Instant | null
}

/**
 * Works out what a definition expects.
 *
 * @throws {RangeError} when the cron expression cannot be read.
 */
export function expectationOf(
  definition: MonitorDefinition,
  semantics: Semantics,
  graceMs: DurationMs,
  calendar: Calendar,
): Expectation {
  const { schedule, everySeconds, timezone = 'UTC' } = definition
  const { scheduleDialect: dialect = DEFAULT_SCHEDULE_DIALECT } = definition
  // Read under every semantics, so that a wrong expression is found under every semantics.
  const nextAfter =
    schedule === undefined ? undefined : calendar.schedule({ schedule, dialect, timezone }).nextAfter
  if (semantics.missedBy === 'silence') return spaced(graceMs)
  if (nextAfter !== undefined) return scheduled(nextAfter)
  return everySeconds === undefined ? nothingExpected : spaced(everySeconds * 1_000)
}

const nothingExpected: Expectation = { nextExpectedAfter: () => null, awaitedAfterPing: () => null }

function spaced(everyMs: DurationMs): Expectation {
  // Whole milliseconds, and at least one: an interval of nothing would never come to an end.
  const stepMs = Math.max(1, Math.round(everyMs))
  const next = (instant: Instant): Instant => instant + stepMs
  return { nextExpectedAfter: next, awaitedAfterPing: next }
}

function scheduled(next: (instant: Instant) => Instant | null): Expectation {
  return {
    nextExpectedAfter: next,
    awaitedAfterPing(instant) {
      const slot = next(instant)
      if (slot === null || slot - instant > EARLY_TOLERANCE_MS) return slot
      const following = next(slot)
      const interval = following === null ? Infinity : following - slot
      return slot - instant <= interval / 2 ? following : slot
    },
  }
}
