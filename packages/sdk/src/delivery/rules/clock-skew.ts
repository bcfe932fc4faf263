/** Milliseconds by which an exchange may be off: the resolution of the `Date` header, and clocks that are being adjusted. */
const NOISE_MS = 2_000
/** A difference above this many milliseconds is worth a warning: schedules are read by clocks. */
export const SKEW_WARNING_MS = 30_000
/** Beyond ten years the service's clock is broken, not ours. */
const ABSURD_MS = 10 * 365 * 86_400_000

/** One exchange, as far as it shows whose clock is ahead. Both instants are of our wall clock. */
export interface DatedExchange {
  /** The response's `Date`. */
  readonly date: string | undefined
  readonly sentAt: number
  readonly answeredAt: number
}

/**
 * How far the service's clock is ahead of ours, in milliseconds, after one more exchange; 0 if it is not, or cannot be told.
 *
 * The service wrote its `Date` at some instant between the request and the response, so an exchange gives an interval and not a
 * point. A blocked event loop, a stopped process or a suspended machine only makes it wider: what was known before stays as long
 * as it lies in the interval.
 *
 * @param knownMs  What earlier exchanges gave.
 */
export function clockSkewAfter(knownMs: number, { date, sentAt, answeredAt }: DatedExchange): number {
  const theirs = date === undefined ? Number.NaN : Date.parse(date)
  const least = theirs - Math.max(sentAt, answeredAt) - NOISE_MS
  const most = theirs - Math.min(sentAt, answeredAt) + NOISE_MS
  const holds = (skewMs: number): boolean => least <= skewMs && skewMs <= most
  if (!Number.isFinite(least) || !Number.isFinite(most) || holds(knownMs)) return knownMs
  if (holds(0)) return 0
  // The smallest skew that explains the exchange, without the noise.
  const skewMs = least > 0 ? least + NOISE_MS : most - NOISE_MS
  return Math.abs(skewMs) < ABSURD_MS ? Math.round(skewMs) : knownMs
}
