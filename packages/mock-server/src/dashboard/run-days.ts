import type { DayCounts, DayTotals } from '../run-totals.ts'

/** The runs of one day of a calendar in UTC. */
export interface RunDay {
  /** `2026-01-05`. */
  readonly day: string
  readonly counts: DayCounts
  readonly total: number
}

const DAY_MS = 86_400_000

/** The last days up to today, oldest first, each with how its runs went: the missed ones on the day they were expected. Pure. */
export function runDays(totals: DayTotals, now: string, days: number): readonly RunDay[] {
  const today = Math.floor(Date.parse(now) / DAY_MS)
  return Array.from({ length: days }, (_, index) => {
    const day = today - days + 1 + index
    const counts = totals[day] ?? {}
    return {
      day: new Date(day * DAY_MS).toISOString().slice(0, 10),
      counts,
      total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    }
  })
}
