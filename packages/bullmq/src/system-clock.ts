import { clearInterval, setInterval } from 'node:timers'
import type { Clock } from './clock.ts'

/** The machine's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  every: (everyMs: number, callback: () => void): (() => void) => {
    const timer = setInterval(callback, everyMs).unref()
    return () => clearInterval(timer)
  },
}
