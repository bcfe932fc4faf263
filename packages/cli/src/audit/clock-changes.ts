const HOUR_MS = 3_600_000
/** Any year will do: the rules of a zone name the same hours every year. */
const YEAR = 2026

/** Local hours that clock changes touch. */
export interface ClockChanges {
  readonly skipped: readonly number[]
  readonly repeated: readonly number[]
}

/** The local hours that a time zone skips or repeats in a year; none for a zone that is unknown or changes no clocks. */
export function clockChanges(timeZone: string): ClockChanges {
  const skipped = new Set<number>()
  const repeated = new Set<number>()
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23', day: 'numeric' })
  } catch {
    return { skipped: [], repeated: [] }
  }
  const hourAt = (ms: number): number =>
    Number(format.formatToParts(ms).find(({ type }) => type === 'hour')?.value)
  const [from, to] = [Date.UTC(YEAR, 0), Date.UTC(YEAR + 1, 0)]
  for (let day = from; day < to; day += 24 * HOUR_MS) {
    // The same hour a day later, unless a clock changed between.
    if (hourAt(day) === hourAt(day + 24 * HOUR_MS)) continue
    for (let ms = day; ms < day + 24 * HOUR_MS; ms += HOUR_MS) {
      const [before, after] = [hourAt(ms), hourAt(ms + HOUR_MS)]
      if (after === (before + 2) % 24) skipped.add((before + 1) % 24)
      if (after === before) repeated.add(before)
    }
  }
  return { skipped: [...skipped], repeated: [...repeated] }
}
