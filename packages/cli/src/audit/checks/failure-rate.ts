import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** Jobs of which single failures do not matter. */
export function failureRate({ monitor, tier }: Subject): readonly FoundBy[] {
  if (tier !== 4 || monitor.failureRate !== undefined) return []
  return [
    {
      level: 'advice',
      what: 'each failure alerts',
      why: 'frequent alerts about unimportant jobs get ignored, and then the others too',
      fix: 'alert on a share instead: failureRate: { above: 0.2, window: 20 }',
    },
  ]
}
