import { type MockRun, suggestMaxDuration } from '@crontify/mock-server/dashboard-data'
import type { VNode } from 'preact'
import { spanText } from '../parts/page-texts.ts'

/** The maximum duration that is set, and the one that the measured runs suggest. */
export function DurationSuggestion({
  runs,
  maxDurationSeconds,
}: {
  readonly runs: readonly MockRun[]
  readonly maxDurationSeconds: number | undefined
}): VNode {
  const suggestion = suggestMaxDuration(
    runs.flatMap(({ status, durationMs }) =>
      status === 'success' && durationMs !== undefined ? [durationMs] : [],
    ),
  )
  const has =
    maxDurationSeconds === undefined
      ? 'No maximum duration is set'
      : `The maximum duration is ${spanText(maxDurationSeconds * 1_000)}`
  return (
    <p class="quiet">
      {suggestion.type === 'tooFewRuns'
        ? `${has}. After ${suggestion.runsNeeded} measured runs one is suggested here; there are ${suggestion.runs}.`
        : `${has}. From ${suggestion.runs} runs: ${spanText(suggestion.leastMs)} to ${spanText(suggestion.mostMs)}, say maxDurationSeconds: ${suggestion.suggestedMs / 1_000}.`}
    </p>
  )
}
