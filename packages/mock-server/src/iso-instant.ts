const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

/** Milliseconds since 1970 of an ISO-8601 instant with a time zone; `undefined` for anything else. Pure. */
export function instantOf(value: unknown): number | undefined {
  const instant = typeof value === 'string' && ISO_INSTANT.test(value) ? Date.parse(value) : NaN
  return Number.isNaN(instant) ? undefined : instant
}
