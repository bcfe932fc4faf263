import type { RunLook } from './dashboard/run-look.ts'

/** How many runs of one day were shown how. */
export type DayCounts = Readonly<Partial<Record<RunLook, number>>>

/** The totals of a monitor's days, by the day's number since 1970, in UTC. */
export type DayTotals = Readonly<Record<number, DayCounts>>

/** One run for the totals: when it was, and how it is shown. */
export interface CountedRun {
  readonly monitorId: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly look: RunLook
}

/** Counts runs by day, for longer than the runs themselves are kept. A run that is open is not counted. */
export interface RunTotals {
  /** Counts a run, in the place of what it was before. */
  count(before: CountedRun | undefined, run: CountedRun): void
  of(monitorId: string): DayTotals
  all(): ReadonlyMap<string, DayTotals>
  replace(monitorId: string, days: DayTotals): void
  forget(monitorId: string): void
  clear(): void
}

const DAY_MS = 86_400_000
/** More than the page shows. */
const MOST_DAYS = 40

/** Creates totals that know of no run. */
export function createRunTotals(): RunTotals {
  const totals = new Map<string, Record<number, DayCounts>>()

  function add({ monitorId, at, look }: CountedRun, by: 1 | -1): void {
    if (look === 'running') return
    const days = totals.get(monitorId) ?? {}
    totals.set(monitorId, days)
    const day = Math.floor(at / DAY_MS)
    const counts = { ...days[day], [look]: (days[day]?.[look] ?? 0) + by }
    days[day] = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
    const [oldest] = Object.keys(days)
    if (oldest !== undefined && Number(oldest) <= day - MOST_DAYS) {
      totals.set(
        monitorId,
        Object.fromEntries(Object.entries(days).filter(([known]) => Number(known) > day - MOST_DAYS)),
      )
    }
  }

  return {
    count(before, run) {
      if (before !== undefined) add(before, -1)
      add(run, 1)
    },
    of: (monitorId) => totals.get(monitorId) ?? {},
    all: () => totals,
    replace: (monitorId, days) => void totals.set(monitorId, structuredClone(days)),
    forget: (monitorId) => void totals.delete(monitorId),
    clear: () => totals.clear(),
  }
}
