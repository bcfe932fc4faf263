import type { AlertFacts } from './alert-facts.ts'
import type { DurationMs } from './clock.ts'
import type { Memory } from './model.ts'
import { SLOW_FLOOR_MS } from './service-rules.ts'
import type { SlowTerms, Terms } from './terms.ts'

type SlowDetails = Extract<AlertFacts, { type: 'slow' }>['details']

/** Why a run that took this long is slow, by the successes before it; `null` where it is not. [D PINGS; numbers I] */
export function findSlow(
  memory: Memory,
  durationMs: DurationMs | undefined,
  terms: Terms,
): SlowDetails | null {
  const { slow } = terms
  const { durations } = memory
  if (slow === null || durationMs === undefined || durations.length < slow.afterRuns) return null
  if (durationMs <= SLOW_FLOOR_MS) return null
  const usualMs = durations.reduce((sum, duration) => sum + duration, 0) / durations.length // [D PINGS]
  const limitMs = usualMs * slow.factor
  return durationMs > limitMs
    ? { durationMs, usualMs: Math.round(usualMs), usualRuns: durations.length, limitMs: Math.round(limitMs) }
    : null
}

/** The durations with one more, no longer than the window. */
export function withDuration(
  durations: readonly DurationMs[],
  durationMs: DurationMs,
  { windowRuns }: SlowTerms,
): readonly DurationMs[] {
  // Joined and not pushed: a list that grows by pushing takes twice the room, and each monitor has one.
  if (durations.length < windowRuns) return durations.concat(durationMs)
  const kept = durations.slice(durations.length - windowRuns)
  for (let index = 1; index < windowRuns; index += 1) kept[index - 1] = kept[index] ?? 0
  kept[windowRuns - 1] = durationMs
  return kept
}
