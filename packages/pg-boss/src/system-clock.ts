/** The time, and a timer that keeps no process alive. */
export interface Clock {
  /** Milliseconds since any moment in the past; never set back. */
  now(): number
  /** @returns what cancels the timer. */
  after(ms: number, callback: () => void): () => void
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms).unref()
    return () => clearTimeout(timer)
  },
}
