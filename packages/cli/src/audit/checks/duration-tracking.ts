import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** Somebody hears when a job becomes slower. */
export function durationTracking({ monitor, tier }: Subject): readonly FoundBy[] {
  const hasRule = (monitor.rules ?? []).some(({ field }) => field === 'duration_ms')
  if (monitor.slow !== false || hasRule || tier === 4) return []
  return [
    {
      level: 'advice',
      what: 'nothing alerts when it becomes slower',
      why: 'a job slows down for months before it fails, and while it does there is time to act',
      fix: 'take slow: false out, or add a rule on duration_ms',
    },
  ]
}
