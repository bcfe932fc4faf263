import type { Severity } from '@crontify/protocol'
import type { AlertFacts } from './alert-facts.ts'
import type { DurationMs } from './clock.ts'

// What the engine assumes where the documents leave something open and nobody is alerted more or less often by it, or where a
// definition can say otherwise.

/** A ping that comes this much before a slot counts for it, at most half of the interval to the next slot. [I] */
export const EARLY_TOLERANCE_MS: DurationMs = 60_000

/** How urgent each type of alert is. [D CHAN] for failure and missed, the rest [I] */
export const SEVERITY_OF: Readonly<Record<AlertFacts['type'], Severity>> = Object.freeze({
  failure: 'critical', // [D CHAN]
  missed: 'critical', // [D CHAN]
  hung: 'critical', // [I]
  overlapped: 'warning', // [I]
  silent_failure: 'warning', // [I]
  slow: 'warning', // [I]
  failure_rate: 'warning', // [I]
  recovery: 'info', // [I]
  test: 'info', // [I]
})

/** A run is slow when it takes more than this many times the mean, where a definition does not say. [I] */
export const SLOW_FACTOR = 2

/** Nothing is slow before this many runs were measured, where a definition does not say. [I] */
export const SLOW_AFTER_RUNS = 10

/** The mean is that of this many last successes, where a definition does not say. [I] */
export const SLOW_WINDOW_RUNS = 30

/** A run that takes no longer is never slow: three milliseconds instead of one are no news. [I] */
export const SLOW_FLOOR_MS: DurationMs = 1_000

/** A failure rate alerts after this many runs, or a full window, where a definition does not say. [I] */
export const FAILURE_RATE_MINIMUM_RUNS = 10

/** Most missed runs that one sweep of one monitor records; more are counted. Bounds memory. [I] */
export const MAX_MISSED_RECORDS = 1_000
