/** Stops what was scheduled; harmless when it already ran. */
export type Cancel = () => void

/** Time, as everything in this package sees it. */
export interface Clock {
  /** Milliseconds since 1970. For what people read. */
  now(): number
  /** Milliseconds since some fixed moment, never backwards. For durations. */
  monotonic(): number
  /** Calls back once after `afterMs` milliseconds, at most 2^31 - 1. Holds the process: at its end it is ended, not waited for. */
  schedule(callback: () => void, afterMs: number): Cancel
}

/** The machine's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // Not `performance`, which takes a millisecond to load.
  monotonic: () => {
    const [seconds, nanoseconds] = process.hrtime()
    return seconds * 1_000 + nanoseconds / 1_000_000
  },
  schedule: (callback, afterMs) => {
    const timer = setTimeout(callback, afterMs)
    return () => clearTimeout(timer)
  },
}
