import type { MockRun } from '../mock-records.ts'

/** What the remembered runs of a monitor come to. */
export interface RunStatistics {
  /** Runs that ended well or badly, a missed one included; one that is still running is not among them. */
  readonly ended: number
  readonly succeeded: number
  /** Of these, the ones whose metadata matched a rule. */
  readonly matched: number
  /** 95 of 100 successes took no longer; absent where none was measured. */
  readonly p95Ms?: number
  /** Of the last measured successes, oldest first: at most {@link RECENT_DURATIONS}. */
  readonly recentMs: readonly number[]
  /** The run that began or should have begun last. */
  readonly last?: LastRun
}

/** What a list shows of a run. */
export type LastRun = Pick<MockRun, 'status' | 'hasMatchedRule' | 'isDurationAnomaly'>

/** As many as a small chart can show. */
export const RECENT_DURATIONS = 30

/** Sums up runs, oldest first. Pure. */
export function runStatistics(runs: readonly MockRun[]): RunStatistics {
  let ended = 0
  let succeeded = 0
  let matched = 0
  const durations: number[] = []
  for (const { status, durationMs, hasMatchedRule } of runs) {
    if (status === 'running') continue
    ended += 1
    if (status !== 'success') continue
    succeeded += 1
    if (hasMatchedRule === true) matched += 1
    if (durationMs !== undefined) durations.push(durationMs)
  }
  const p95Ms = percentile95(durations)
  const last = runs.at(-1)
  return {
    ended,
    succeeded,
    matched,
    ...(p95Ms === undefined ? {} : { p95Ms }),
    recentMs: durations.slice(-RECENT_DURATIONS),
    ...(last === undefined ? {} : { last: lastRun(last) }),
  }
}

function lastRun({ status, hasMatchedRule, isDurationAnomaly }: MockRun): LastRun {
  return {
    status,
    ...(hasMatchedRule === undefined ? {} : { hasMatchedRule }),
    ...(isDurationAnomaly === undefined ? {} : { isDurationAnomaly }),
  }
}

/** Nearest rank: the smallest that at least 95 of 100 do not pass; `undefined` of nothing. */
export function percentile95(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.ceil(sorted.length * 0.95) - 1]
}
