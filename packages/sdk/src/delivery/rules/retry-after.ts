/** Shortest wait, in milliseconds: a server that says "now" still means "not at once". */
export const MIN_RETRY_AFTER_MS = 1_000
/** Longest wait that is believed, in milliseconds: the documented limit counts by the minute [D KEYS], so two suffice. */
export const MAX_RETRY_AFTER_MS = 120_000

/** Whole seconds, or a date in the one form that HTTP servers send (RFC 9110, 5.6.7); of a list, the first. */
const SECONDS_OR_DATE = /^(?:(\d{1,9})|([A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT))(?=,|$)/

/**
 * Milliseconds that a `Retry-After` header asks for, from 1,000 to 120,000; `undefined` if it says nothing usable.
 *
 * A date is counted from the answer's own `Date` header, so that a wrong clock on either side does not matter;
 * without one, from `nowWallMs`. A header that came twice may arrive joined by a comma: the first one counts.
 *
 * Never throws.
 */
export function retryAfterMs(
  header: string | undefined,
  dateHeader: string | undefined,
  nowWallMs: number,
): number | undefined {
  if (header === undefined) return undefined
  const [, seconds, date] = SECONDS_OR_DATE.exec(header.trim()) ?? []
  const askedMs =
    seconds === undefined
      ? (httpDateMs(date) ?? NaN) - (httpDateMs(dateHeader?.trim()) ?? nowWallMs)
      : Number(seconds) * 1_000
  if (Number.isNaN(askedMs)) return undefined
  return Math.min(Math.max(askedMs, MIN_RETRY_AFTER_MS), MAX_RETRY_AFTER_MS)
}

/** The instant of an HTTP date; a date that does not exist, or stands in another form, is none. */
export function httpDateMs(text: string | undefined): number | undefined {
  const ms = text === undefined ? NaN : Date.parse(text)
  // Date.parse takes nearly anything; written back, only the right form is the same again.
  return Number.isNaN(ms) || new Date(ms).toUTCString() !== text ? undefined : ms
}
