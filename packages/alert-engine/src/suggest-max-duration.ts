import type { DurationMs } from './clock.ts'

/** What past durations say about the longest that a run should take. */
export type MaxDurationSuggestion =
  /** Too little is known yet. */
  | { readonly type: 'tooFewRuns'; readonly runs: number; readonly runsNeeded: number }
  | {
      readonly type: 'suggested'
      /** How many durations this rests on. */
      readonly runs: number
      /** 95 of 100 runs took no longer. */
      readonly p95Ms: DurationMs
      /** Twice that: a shorter limit alerts on runs that are merely long. */
      readonly leastMs: DurationMs
      /** Three times that: a longer limit lets a job hang for nothing. */
      readonly mostMs: DurationMs
      /** In the middle, rounded up to whole seconds: for `maxDurationSeconds`. */
      readonly suggestedMs: DurationMs
    }

const RUNS_NEEDED = 10
const LEAST_FACTOR = 2
const MOST_FACTOR = 3

/**
 * Suggests a monitor's `maxDurationSeconds`: 2 to 3 times the 95th percentile of at least 10 runs. Never throws.
 *
 * @param durations  Milliseconds of finished runs, in any order; what is not a number from 0 is passed over.
 * @example
 * const suggestion = suggestMaxDuration([50, 52, 51, 55, 53, 54, 50, 52, 58, 60].map((s) => s * 1_000))
 * if (suggestion.type === 'suggested') console.log(suggestion.suggestedMs / 1_000) // 150
 */
export function suggestMaxDuration(durations: readonly DurationMs[]): MaxDurationSuggestion {
  const sorted = durations
    .filter((ms) => Number.isFinite(ms) && ms >= 0)
    .toSorted((one, other) => one - other)
  const runs = sorted.length
  if (runs < RUNS_NEEDED) return { type: 'tooFewRuns', runs, runsNeeded: RUNS_NEEDED }
  // Nearest rank: the smallest duration that at least 95 of 100 runs did not pass.
  const p95Ms = sorted[Math.ceil(runs * 0.95) - 1] ?? 0
  const leastMs = p95Ms * LEAST_FACTOR
  const mostMs = p95Ms * MOST_FACTOR
  const middleSeconds = Math.ceil((leastMs + mostMs) / 2 / 1_000)
  return { type: 'suggested', runs, p95Ms, leastMs, mostMs, suggestedMs: Math.max(1, middleSeconds) * 1_000 }
}
