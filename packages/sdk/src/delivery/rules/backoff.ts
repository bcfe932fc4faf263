/** Ceiling of the first wait, in milliseconds: a connection that was lost by chance is back at once. */
const FIRST_CEILING_MS = 250
/** Highest ceiling, in milliseconds, so that an end is tried often enough within the minutes for which it is held. */
const HIGHEST_CEILING_MS = 30_000
/** Shortest wait, in milliseconds, so that no draw makes a hot loop. */
const SHORTEST_WAIT_MS = 50

/** Waits for a refusal for lack of room, in milliseconds; the last one repeats. The limit counts by the minute. [D KEYS] */
const THROTTLE_STEPS_MS = [5_000, 10_000, 20_000, 40_000, 60_000] as const
const LONGEST_STEP_MS = 60_000
/** Share of the server's hint that is added by chance, so that clients told the same do not come back together. */
const HINT_SPREAD = 1 / 4
/** Milliseconds added to that spread, for hints so short that a share of them spreads nothing. */
const HINT_SPREAD_MS = 1_000

/**
 * Milliseconds before an end (a success or a fail) is sent again after it was not sent, or nobody knows.
 *
 * Full jitter: anywhere from 0 to a ceiling that doubles with each retry, because clients that failed together
 * should not come back together.
 *
 * @param retry  From 1: retry 1 is the second attempt.
 * @param draw   From 0 up to, not including, 1.
 */
export function endBackoffMs(retry: number, draw: number): number {
  const ceilingMs = Math.min(HIGHEST_CEILING_MS, FIRST_CEILING_MS * 2 ** (retry - 1))
  return Math.max(SHORTEST_WAIT_MS, draw * ceilingMs)
}

/**
 * Milliseconds before a ping is sent again that the service has put off.
 *
 * Never less than the server's hint. Without one half of the wait is certain: full jitter would send some at once
 * into the same full minute.
 *
 * @param hintMs  What `Retry-After` asked for, if it did.
 * @param retry   From 1: retry 1 is the second attempt.
 * @param draw    From 0 up to, not including, 1.
 */
export function throttleWaitMs(hintMs: number | undefined, retry: number, draw: number): number {
  if (hintMs !== undefined) return hintMs + draw * (hintMs * HINT_SPREAD + HINT_SPREAD_MS)
  const halfMs = (THROTTLE_STEPS_MS[retry - 1] ?? LONGEST_STEP_MS) / 2
  return halfMs + draw * halfMs
}
