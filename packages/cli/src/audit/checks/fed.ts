import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** Whether a job pings this monitor at all. */
export function fed(subject: Subject): readonly FoundBy[] {
  const { observed } = subject
  if (observed === undefined || observed.starts + observed.ends > 0) return []
  return [
    {
      level: missingUpTo(2, subject),
      what: 'no job has pinged it',
      why: 'a monitor does not alert before its first ping',
      fix: 'wrap the job, check its monitor id, or remove the monitor',
    },
  ]
}
