import { clearTimeout, setTimeout } from 'node:timers'
import type { Cancel, Clock } from './clock.ts'

/** Longest delay that a Node timer takes, in milliseconds; a longer one would fire after 1 ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

// Taken once, and the timers not from the global object, so that fake timers of a test do not stop deliveries.
const { Date, performance } = globalThis

/** The machine's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule: (callback: () => void, afterMs: number, holdsProcess: boolean): Cancel => {
    const timer = setTimeout(callback, Math.min(Math.max(0, afterMs), LONGEST_TIMER_MS))
    if (!holdsProcess) timer.unref()
    return () => clearTimeout(timer)
  },
}
