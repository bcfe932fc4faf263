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
        what: 'maxDurationSeconds is not set',
        why: 'a hung run neither succeeds nor fails; without a limit, twice the grace period counts',
        fix: suggested ?? 'set maxDurationSeconds to 2 to 3 times the 95th percentile',
      },
    ]
  }
  if (suggestion.type !== 'suggested') return []
  if (limitMs < suggestion.leastMs) {
    return [
      {
        level: 'advice',
        what: `maxDurationSeconds is ${limitMs / 1_000}, less than twice the 95th percentile (${suggestion.p95Ms / 1_000} s)`,
        why: 'runs that are only long would alert',
        fix: suggested ?? '',
      },
    ]
  }
  if (limitMs <= suggestion.mostMs) return []
  return [
    {
      level: 'advice',
      what: `maxDurationSeconds is ${limitMs / 1_000}, more than three times the 95th percentile (${suggestion.p95Ms / 1_000} s)`,
      why: 'hung runs are detected later than necessary',
      fix: suggested ?? '',
    },
  ]
}
