import type { MonitorDefinition, Rule } from '@crontify/protocol'
import type { DurationMs, Instant } from './clock.ts'
import { createSchedule } from './schedule.ts'
import type { Semantics } from './semantics.ts'

/** One monitor's settings under one semantics, worked out once: all that a transition needs to know. */
export interface Terms {
  readonly monitorId: string
  /** What alerts call the monitor. */
  readonly name: string
  readonly timezone: string
  readonly graceMs: DurationMs
  /** A ping is missing once the awaited instant is this long ago. */
  readonly missedAfterMs: DurationMs
  /** Whether that very moment counts already. */
  readonly missedFrom: Semantics['missedFrom']
  readonly missedBy: Semantics['missedBy']
  readonly missedWhileFailing: boolean
  readonly maxMissedRecords: number
  readonly armedBy: Semantics['armedBy']
  /** A run that is open for longer is hung. */
  readonly hungAfterMs: DurationMs
  readonly rules: readonly Rule[]
  readonly overlapAlerts: boolean
  readonly recoveryAlerts: boolean
  /** The first instant after this one at which a run is expected; `null` where none is. */
  nextExpectedAfter(instant: Instant): Instant | null
  /** What is awaited once a ping has come at this instant: the slot that the ping may be early for is served. */
  awaitedAfterPing(instant: Instant): Instant | null
}

/**
 * Works out a monitor's terms. The definition must be free of problems (`definitionProblems` of `@crontify/protocol/schemas`).
 *
 * @throws {RangeError} when the cron expression cannot be read.
 */
export function termsOf(definition: MonitorDefinition, semantics: Semantics): Terms {
  const graceMs =
    definition.graceSeconds === undefined
      ? semantics.defaultGraceMs
      : Math.round(definition.graceSeconds * 1_000)
  return {
    monitorId: definition.id,
    name: definition.name ?? definition.id,
    timezone: definition.timezone ?? 'UTC', // [D MON]
    graceMs,
    // By silence, the awaited instant is the end of the grace period itself.
    missedAfterMs: semantics.missedBy === 'silence' ? 0 : graceMs,
    missedFrom: semantics.missedFrom,
    missedBy: semantics.missedBy,
    missedWhileFailing: semantics.missedWhileFailing,
    maxMissedRecords: semantics.maxMissedRecords,
    armedBy: semantics.armedBy,
    hungAfterMs:
      definition.maxDurationSeconds === undefined
        ? graceMs * semantics.hungGraceMultiplier // [D RUNS]
        : Math.round(definition.maxDurationSeconds * 1_000),
    rules: definition.rules ?? [],
    overlapAlerts: semantics.overlapAlerts,
    recoveryAlerts: semantics.recoveryAlerts && definition.recovery !== false,
    ...expectation(definition, semantics, graceMs),
  }
}

type Expectation = Pick<Terms, 'nextExpectedAfter' | 'awaitedAfterPing'>

function expectation(definition: MonitorDefinition, semantics: Semantics, graceMs: DurationMs): Expectation {
  const { schedule, everySeconds, timezone = 'UTC' } = definition
  // Read under every semantics, so that a wrong expression is found under every semantics.
  const bySchedule =
    schedule === undefined
      ? undefined
      : scheduled(createSchedule(schedule, timezone).nextAfter, semantics.earlyToleranceMs)
  if (semantics.missedBy === 'silence') return spaced(graceMs)
  if (bySchedule !== undefined) return bySchedule
  return everySeconds === undefined ? nothingExpected : spaced(everySeconds * 1_000)
}

const nothingExpected: Expectation = { nextExpectedAfter: () => null, awaitedAfterPing: () => null }

function spaced(everyMs: DurationMs): Expectation {
  // Whole milliseconds, and at least one: an interval of nothing would never come to an end.
  const stepMs = Math.max(1, Math.round(everyMs))
  const next = (instant: Instant): Instant => instant + stepMs
  return { nextExpectedAfter: next, awaitedAfterPing: next }
}

function scheduled(next: (instant: Instant) => Instant | null, earlyToleranceMs: DurationMs): Expectation {
  return {
    nextExpectedAfter: next,
    awaitedAfterPing(instant) {
      const slot = next(instant)
      if (slot === null || slot - instant > earlyToleranceMs) return slot
      const following = next(slot)
      const interval = following === null ? Infinity : following - slot
      return slot - instant <= interval / 2 ? following : slot
    },
  }
}
