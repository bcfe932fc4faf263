import type { RunStatus } from '@crontify/protocol'
import type { MockRun } from '../mock-records.ts'

/** The runs of one day of a calendar in UTC. */
export interface RunDay {
  /** `2026-01-05`. */
  readonly day: string
  readonly counts: Readonly<Partial<Record<RunStatus, number>>>
  readonly total: number
}

const DAY_MS = 86_400_000

/** The last days up to today, oldest first, each with its runs by status: the missed ones on the day they were expected. Pure. */
export function runDays(runs: readonly MockRun[], now: string, days: number): readonly RunDay[] {
  const today = Math.floor(Date.parse(now) / DAY_MS)
  const first = today - days + 1
  const counts = Array.from({ length: days }, (): Partial<Record<RunStatus, number>> => ({}))
  for (const run of runs) {
    const at = run.startedAt ?? run.expectedAt ?? run.endedAt
    if (at === undefined) continue
    const ofDay = counts[Math.floor(Date.parse(at) / DAY_MS) - first]
    if (ofDay !== undefined) ofDay[run.status] = (ofDay[run.status] ?? 0) + 1
  }
  return counts.map((ofDay, index) => ({
    day: new Date((first + index) * DAY_MS).toISOString().slice(0, 10),
    counts: ofDay,
    total: Object.values(ofDay).reduce((sum, count) => sum + count, 0),
  }))
}
