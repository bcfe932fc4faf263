import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** Jobs of which single failures do not matter. */
export function failureRate({ monitor, tier }: Subject): readonly FoundBy[] {
  if (tier !== 4 || monitor.failureRate !== undefined) return []
  return [
    {
      level: 'advice',
      what: 'each single failure alerts',
      why: 'alerts on what does not matter teach people to ignore those that do',
      fix: 'alert on a share instead: failureRate: { above: 0.2, window: 20 }',
    },
  ]
}
