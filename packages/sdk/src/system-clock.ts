import { createNewId } from './new-id.ts'
import type { Cancel, Clock } from './clock.ts'
import { clearTimeout, hrtime, setTimeout } from './host.ts'

/** Longest delay that a Node timer takes, in milliseconds; a longer one would fire after 1 ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

// Taken once, and the timers not from the global object, so that fake timers of a test do not stop deliveries.
const { Date } = globalThis

/** The machine's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => {
    const [seconds, nanoseconds] = hrtime()
    return seconds * 1_000 + nanoseconds / 1_000_000
  },
  schedule: (callback: () => void, afterMs: number, holdsProcess: boolean): Cancel => {
    const timer = setTimeout(callback, Math.min(Math.max(0, afterMs), LONGEST_TIMER_MS))
    if (!holdsProcess) (timer as Partial<typeof timer>).unref?.()
    return () => clearTimeout(timer)
  },
}

/** Ids from the machine's time. `Math.random` is taken once, because tests replace it. */
export const systemNewId: () => string = createNewId({ now: systemClock.now, random: Math.random })
