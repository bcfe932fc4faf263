import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** People hear when it is over. */
export function recoveryAlert(subject: Subject): readonly FoundBy[] {
  if (subject.monitor.recovery !== false || subject.tier >= 3) return []
  return [
    {
      level: missingUpTo(1, subject),
      what: 'recovery alerts are off',
      why: 'the person on call does not learn that it works again',
      fix: 'remove recovery: false',
    },
  ]
}
