import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** People hear when it is over. */
export function recoveryAlert(subject: Subject): readonly FoundBy[] {
  if (subject.monitor.recovery !== false || subject.tier >= 3) return []
  return [
    {
      level: missingUpTo(1, subject),
      what: 'nobody hears when it works again',
      why: 'whoever was alerted goes on looking, or stops believing that it is still broken',
      fix: 'take recovery: false out',
    },
  ]
}
