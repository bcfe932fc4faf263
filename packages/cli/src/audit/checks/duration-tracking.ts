import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** Somebody hears when a job becomes slower. */
export function durationTracking({ monitor, tier }: Subject): readonly FoundBy[] {
  const hasRule = (monitor.rules ?? []).some(({ field }) => field === 'duration_ms')
  if (monitor.slow !== false || hasRule || tier === 4) return []
  return [
    {
      level: 'advice',
      what: 'nothing detects that it becomes slower',
      why: 'jobs often slow down for weeks before they fail',
      fix: 'remove slow: false, or add a rule on duration_ms',
    },
  ]
}
