import type { Meta } from '@crontify/sdk/adapter'
import { createDurationSketch } from './duration-sketch.ts'

/** Different errors that are told apart in one interval; the others are only counted. */
const MAX_ERRORS = 10
const MAX_ERROR_LENGTH = 300

/** What has happened in one interval. */
export interface RollUp {
  completed(durationMs: number | undefined): void
  /** A job failed for good. */
  failed(durationMs: number | undefined, reason: string): void
  /** An attempt failed, and another one follows. */
  retried(): void
  stalled(): void
  /** The verdict on what has been counted so far. */
  verdict(failAbove: number): Verdict
}

export type Verdict =
  | { readonly type: 'success'; readonly meta: Meta }
  | { readonly type: 'fail'; readonly meta: Meta; readonly message: string; readonly log: string }

export function createRollUp(): RollUp {
  const durations = createDurationSketch()
  const reasons = new Map<string, number>()
  const counts = { jobs_completed: 0, jobs_failed: 0, jobs_stalled: 0, attempts_retried: 0 }
  const took = (durationMs: number | undefined): void => {
    if (durationMs !== undefined && Number.isFinite(durationMs)) durations.add(Math.max(0, durationMs))
  }
  return {
    completed: (durationMs) => {
      counts.jobs_completed++
      took(durationMs)
    },
    failed: (durationMs, reason) => {
      counts.jobs_failed++
      took(durationMs)
      const text = reason.slice(0, MAX_ERROR_LENGTH)
      if (reasons.has(text) || reasons.size < MAX_ERRORS) reasons.set(text, (reasons.get(text) ?? 0) + 1)
    },
    retried: () => void counts.attempts_retried++,
    stalled: () => void counts.jobs_stalled++,
    verdict: (failAbove) => {
      const total = counts.jobs_completed + counts.jobs_failed
      const share = total === 0 ? 0 : counts.jobs_failed / total
      const p95 = durations.quantile(0.95)
      const longest = durations.longestMs()
      const meta = {
        ...counts,
        failed_percent: rounded(share * 100),
        ...(p95 === undefined ? {} : { duration_ms_p95: rounded(p95) }),
        ...(longest === undefined ? {} : { duration_ms_max: rounded(longest) }),
      }
      if (share <= failAbove) return { type: 'success', meta }
      return {
        type: 'fail',
        meta,
        message: `${counts.jobs_failed} of ${total} jobs failed (${meta.failed_percent} %)`,
        log: reasonLines(reasons, counts.jobs_failed),
      }
    },
  }
}

function reasonLines(reasons: ReadonlyMap<string, number>, failed: number): string {
  const listed = [...reasons].sort(([, a], [, b]) => b - a)
  const others = failed - listed.reduce((sum, [, count]) => sum + count, 0)
  const lines = listed.map(([reason, count]) => `${count} × ${reason}`)
  return [...lines, ...(others > 0 ? [`${others} × other errors`] : [])].join('\n')
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
