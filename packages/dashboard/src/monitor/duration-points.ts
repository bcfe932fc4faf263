import { lookOf, type MockRun, percentile95, type RunLook } from '@crontify/mock-server/dashboard-data'

/** A run whose duration is known, or the time that it was open. */
export interface DurationPoint {
  readonly run: MockRun
  readonly look: RunLook
  /** When it ended, in milliseconds since 1970. */
  readonly at: number
  readonly ms: number
}

/** Every closed run that took a known time, in the order of their ends: failed, hung and overlapped ones too. Pure. */
export function durationPoints(runs: readonly MockRun[]): readonly DurationPoint[] {
  return runs
    .flatMap((run): readonly DurationPoint[] => {
      const { startedAt, endedAt, durationMs } = run
      if (endedAt === undefined) return []
      const at = Date.parse(endedAt)
      const ms = durationMs ?? (startedAt === undefined ? undefined : at - Date.parse(startedAt))
      return ms === undefined ? [] : [{ run, look: lookOf(run), at, ms }]
    })
    .toSorted((one, other) => one.at - other.at)
}

/** The 95th percentile of successful runs; `undefined` without one. Pure. */
export function successP95(points: readonly DurationPoint[]): number | undefined {
  return percentile95(points.flatMap(({ run, ms }) => (run.status === 'success' ? [ms] : [])))
}

/** Room above the highest point, so that its mark is whole. */
const HEADROOM = 1.1
/** A limit within this many times the longest run is part of the scale; a distant one would flatten the runs. */
const LIMIT_IN_SCALE = 1.5
const LEAST_SPAN_MS = 10

/** The upper end of the scale, and whether the limit is above it. Pure. */
export function durationScale(
  points: readonly DurationPoint[],
  limitMs: number | undefined,
): { readonly topMs: number; readonly isLimitAbove: boolean } {
  const longest = Math.max(LEAST_SPAN_MS, ...points.map(({ ms }) => ms))
  const isLimitAbove = limitMs !== undefined && limitMs > longest * LIMIT_IN_SCALE
  const highest = limitMs === undefined || isLimitAbove ? longest : Math.max(longest, limitMs)
  return { topMs: highest * HEADROOM, isLimitAbove }
}

/** The first and the last instant of the chart, in seconds; a single run is in its middle. Pure. */
export function timeScale(points: readonly DurationPoint[]): readonly [number, number] {
  const first = (points[0]?.at ?? 0) / 1_000
  const last = (points.at(-1)?.at ?? 0) / 1_000
  const margin = first === last ? HALF_DAY_SECONDS : (last - first) * 0.02
  return [first - margin, last + margin]
}

const HALF_DAY_SECONDS = 43_200
