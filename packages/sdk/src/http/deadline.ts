import type { Cancel, Clock } from '../clock.ts'

/** A timer that fires this many milliseconds late found the event loop blocked. */
const LATE_AFTER_MS = 50
/** Milliseconds that an answer gets, which may have come in while the loop was blocked. */
const SECOND_LOOK_MS = 25

/**
 * Calls back when `afterMs` milliseconds have passed, and not because the process was stopped meanwhile.
 *
 * When the timer itself is late (a job that blocked the loop, a frozen container, a sleeping laptop), what came in
 * over the network has not been looked at yet: the deadline then waits two turns of the loop before it judges.
 *
 * Does not hold the process: whoever waits for the outcome does.
 */
export function startDeadline(clock: Clock, afterMs: number, onExpired: () => void): Cancel {
  const dueAt = clock.monotonic() + afterMs
  let cancel = clock.schedule(
    () => {
      if (clock.monotonic() - dueAt < LATE_AFTER_MS) return onExpired()
      cancel = clock.schedule(() => (cancel = clock.schedule(onExpired, SECOND_LOOK_MS, false)), 0, false)
    },
    afterMs,
    false,
  )
  return () => cancel()
}
