import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** How much the job matters, from which all else follows. */
export function knownTier({ monitor }: Subject): readonly FoundBy[] {
  if (monitor.tier !== undefined) return []
  return [
    {
      level: 'advice',
      what: 'tier is not set',
      why: 'the requirements depend on it; checked as tier 2',
      fix: 'set tier: 1 data and money, 2 users see it, 3 maintenance, 4 best effort',
    },
  ]
}
