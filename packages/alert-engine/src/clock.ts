/** A moment, as milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** A span, in milliseconds. */
export type DurationMs = number

/** Takes a scheduled callback back. Harmless when it has run already. */
export type Cancel = () => void

/** Time as a dependency: whoever needs the time, or needs to be called later, is handed one of these. */
export interface Clock {
  now(): Instant
  /**
   * Calls back once, `afterMs` milliseconds from now, or as soon as possible where `afterMs` is 0 or less.
   *
   * Callbacks that are due at the same instant run in the order in which they were scheduled.
   */
  schedule(callback: () => void, afterMs: DurationMs): Cancel
}
