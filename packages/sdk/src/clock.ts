/** Stops what was scheduled; harmless when it already ran. */
export type Cancel = () => void

/** Time, as everything in this package sees it. */
export interface Clock {
  /** Milliseconds since 1970, by the wall clock: may jump. Only for what people or servers read. */
  now(): number
  /** Milliseconds since some fixed moment, never backwards. For deadlines and durations. */
  monotonic(): number
  /**
   * Calls back once after `afterMs` milliseconds.
   *
   * With `holdsProcess`, Node does not end before. Use it only while somebody awaits the callback: an awaited
   * promise that hangs on a timer which does not hold lets the process end in silence.
   */
  schedule(callback: () => void, afterMs: number, holdsProcess: boolean): Cancel
}
