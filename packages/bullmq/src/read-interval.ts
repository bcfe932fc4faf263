/** Longest delay that a Node timer takes, in milliseconds; a longer one would fire after 1 ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** @throws {RangeError} for a span that no timer can wait, naming it. */
export function readInterval(everyMs: number, leastMs: number, caller: string): number {
  if (Number.isFinite(everyMs) && everyMs >= leastMs && everyMs <= LONGEST_TIMER_MS) return everyMs
  throw new RangeError(
    `${caller}: "everyMs" is ${String(everyMs)}; accepted are milliseconds from ${leastMs} to ${LONGEST_TIMER_MS}`,
  )
}
