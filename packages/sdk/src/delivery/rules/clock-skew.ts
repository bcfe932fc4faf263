/** Differences up to this many milliseconds are the resolution of the `Date` header and the time on the way. */
const NOISE_MS = 2_000
/** A difference above this many milliseconds is worth a warning: schedules are read by clocks. */
export const SKEW_WARNING_MS = 30_000

/**
 * How far the service's clock is ahead of ours, in milliseconds; 0 if it is not, or cannot be told.
 *
 * @param dateHeader  The answer's `Date`.
 * @param sentAt  When the request was sent, by our wall clock.
 * @param answeredAt  When the answer came.
 */
export function clockSkewMs(dateHeader: string | undefined, sentAt: number, answeredAt: number): number {
  const theirs = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader)
  const skew = theirs - (sentAt + answeredAt) / 2
  const isReal = Number.isFinite(skew) && Math.abs(skew) > NOISE_MS && Math.abs(skew) < ABSURD_MS
  return isReal ? Math.round(skew) : 0
}

/** Beyond ten years the service's clock is broken, not ours. */
const ABSURD_MS = 10 * 365 * 86_400_000
