import { suggestMaxDuration } from '@crontify/mock-server'
import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** How long a run may take, and whether that fits what its runs take. */
export function maxDuration(subject: Subject): readonly FoundBy[] {
  const { monitor, observed, tier } = subject
  const suggestion = suggestMaxDuration(observed?.durationsMs ?? [])
  const suggested =
    suggestion.type === 'suggested' ? `maxDurationSeconds: ${suggestion.suggestedMs / 1_000}` : undefined
  const limitMs = monitor.maxDurationSeconds === undefined ? undefined : monitor.maxDurationSeconds * 1_000
  if (limitMs === undefined) {
    if (tier === 4) return []
    return [
      {
        level: missingUpTo(1, subject),
        what: 'it is not said how long a run may take',
        why: 'a run that hangs neither ends nor fails; without a limit of its own it is judged by the grace period',
        fix: suggested ?? 'set maxDurationSeconds to 2 to 3 times what 95 of 100 runs take',
      },
    ]
  }
  if (suggestion.type !== 'suggested') return []
  if (limitMs < suggestion.leastMs) {
    return [
      {
        level: 'advice',
        what: `runs may take ${limitMs / 1_000} s, and 95 of 100 take up to ${suggestion.p95Ms / 1_000} s`,
        why: 'a limit below twice that alerts on runs that are merely long',
        fix: suggested ?? '',
      },
    ]
  }
  if (limitMs <= suggestion.mostMs) return []
  return [
    {
      level: 'advice',
      what: `runs may take ${limitMs / 1_000} s, and 95 of 100 are done in ${suggestion.p95Ms / 1_000} s`,
      why: 'a run that hangs is noticed far later than it could be',
      fix: suggested ?? '',
    },
  ]
}
