import type { Memory } from './model.ts'
import type { RateTerms } from './terms.ts'

/** How many of the last runs have failed. */
export interface FailureRate {
  readonly failedRuns: number
  readonly runs: number
  readonly share: number
}

/** The failures with one more run, no longer than the window. */
export function withRun(
  failures: Memory['failures'],
  failed: 0 | 1,
  { windowRuns }: RateTerms,
): Memory['failures'] {
  const kept = failures.slice(Math.max(0, failures.length + 1 - windowRuns))
  kept.push(failed)
  return kept
}

/** The rate, where it is higher than it may be and enough runs have ended; else `null`. */
export function excessiveRate(
  failures: Memory['failures'],
  { above, minimumRuns }: RateTerms,
): FailureRate | null {
  const runs = failures.length
  if (runs < minimumRuns) return null
  const failedRuns = failures.reduce<number>((sum, failed) => sum + failed, 0)
  const share = failedRuns / runs
  return share > above ? { failedRuns, runs, share } : null
}
