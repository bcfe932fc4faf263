import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** Failures that explain themselves. */
export function failureLog(subject: Subject): readonly FoundBy[] {
  const { observed, tier } = subject
  if (observed === undefined || observed.fails === observed.failsWithLog || tier === 4) return []
  const without = observed.fails - observed.failsWithLog
  return [
    {
      level: missingUpTo(2, subject),
      what: `${without} of ${observed.fails} failures had no log`,
      why: 'the alert does not show the cause',
      fix: 'run it with crontify exec or monitor.wrap, which send one, or pass log to fail()',
    },
  ]
}
