import {
  DEFAULT_GRACE_SECONDS,
  HUNG_GRACE_MULTIPLIER,
  type MonitorDefinition,
  type Rule,
} from '@crontify/protocol'
import { type Calendar, createCalendar } from './calendar.ts'
import type { DurationMs, Instant } from './clock.ts'
import { type Expectation, expectationOf } from './expectation.ts'
import type { Semantics } from './semantics.ts'
import { FAILURE_RATE_MINIMUM_RUNS, SLOW_AFTER_RUNS, SLOW_FACTOR, SLOW_WINDOW_RUNS } from './service-rules.ts'

/** When a run of this monitor is slow. */
export interface SlowTerms {
  readonly factor: number
  readonly afterRuns: number
  readonly windowRuns: number
}

/** How many runs of this monitor may fail. */
export interface RateTerms {
  readonly above: number
  readonly windowRuns: number
  readonly minimumRuns: number
}

/** One monitor's settings under one semantics, worked out once: all that a transition needs to know. */
export interface Terms extends Expectation {
  readonly monitorId: string
  /** What alerts call the monitor. */
  readonly name: string
  readonly timezone: string
  readonly graceMs: DurationMs
  /** A ping is missing once the awaited instant is this long ago. */
  readonly missedAfterMs: DurationMs
  /** A run that is open for longer is hung. */
  readonly hungAfterMs: DurationMs
  readonly rules: readonly Rule[]
  /** `null` where durations are not compared. */
  readonly slow: SlowTerms | null
  /** `null` where the share of failed runs does not alert. */
  readonly failureRate: RateTerms | null
  /** Whether each failure alerts, and makes the monitor failing. */
  readonly failureAlerts: boolean
  /** 0 where there is no cooldown. */
  readonly cooldownMs: DurationMs
  readonly recoveryAlerts: boolean
  /** The rules of the service that are the same for every monitor. */
  readonly semantics: Semantics
  /** An instant for people, on the monitor's clock. */
  readonly instantText: (instant: Instant) => string
}

/**
 * Works out a monitor's terms. The definition must be free of problems (`definitionProblems` of `@crontify/protocol/schemas`).
 *
 * @param calendar  Shared by all monitors of one service, so that equal schedules are read and reckoned once.
 * @throws {RangeError} when the schedule cannot be read or never occurs.
 */
export function termsOf(
  definition: MonitorDefinition,
  semantics: Semantics,
  calendar: Calendar = createCalendar(),
): Terms {
  const { timezone = 'UTC' } = definition // [D MON]
  const graceMs = wholeMs(definition.graceSeconds ?? DEFAULT_GRACE_SECONDS)
  const failureRate = rateTerms(definition.failureRate)
  return {
    monitorId: definition.id,
    name: definition.name ?? definition.id,
    timezone,
    graceMs,
    // By silence, the awaited instant is the end of the grace period itself.
    missedAfterMs: semantics.missedBy === 'silence' ? 0 : graceMs,
    hungAfterMs:
      definition.maxDurationSeconds === undefined
        ? graceMs * HUNG_GRACE_MULTIPLIER // [D RUNS]
        : wholeMs(definition.maxDurationSeconds),
    rules: definition.rules ?? [],
    slow: slowTerms(definition.slow),
    failureRate,
    failureAlerts: failureRate === null, // [I]
    cooldownMs: definition.cooldownSeconds === undefined ? 0 : wholeMs(definition.cooldownSeconds),
    recoveryAlerts: semantics.recoveryAlerts && definition.recovery !== false,
    semantics,
    instantText: calendar.instantText(timezone),
    ...expectationOf(definition, semantics, graceMs, calendar),
  }
}

function wholeMs(seconds: number): DurationMs {
  return Math.round(seconds * 1_000)
}

function slowTerms(slow: MonitorDefinition['slow']): SlowTerms | null {
  if (slow === false) return null
  const { factor, afterRuns, window } = typeof slow === 'object' ? slow : {}
  const windowRuns = window ?? SLOW_WINDOW_RUNS
  return {
    factor: factor ?? SLOW_FACTOR,
    // A window of its own that is smaller than the usual number of runs is full earlier.
    afterRuns: afterRuns ?? Math.min(SLOW_AFTER_RUNS, windowRuns),
    windowRuns,
  }
}

function rateTerms(rate: MonitorDefinition['failureRate']): RateTerms | null {
  if (rate === undefined) return null
  return {
    above: rate.above,
    windowRuns: rate.window,
    minimumRuns: rate.minimumRuns ?? Math.min(FAILURE_RATE_MINIMUM_RUNS, rate.window),
  }
}
