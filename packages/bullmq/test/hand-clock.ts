import type { Clock } from '../src/clock.ts'

/** A clock that stands still until it is told, with as many timers as are wanted. */
export interface HandClock extends Clock {
  /** Lets every timer ring once. */
  ring(): void
  /** Moves the time without ringing. */
  set(now: number): void
  readonly timers: ReadonlySet<() => void>
}

export function createHandClock(startAt: number = Date.UTC(2026, 10, 24)): HandClock {
  let now = startAt
  const timers = new Set<() => void>()
  return {
    now: () => now,
    every: (_everyMs, callback) => {
      timers.add(callback)
      return () => void timers.delete(callback)
    },
    ring: () => {
      for (const timer of timers) timer()
    },
    set: (instant) => {
      now = instant
    },
    timers,
  }
}
