import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** Somebody outside the job must know when it is due. */
export function missedRun(subject: Subject): readonly FoundBy[] {
  const { monitor } = subject
  if (monitor.schedule !== undefined || monitor.everySeconds !== undefined || subject.tier === 4) return []
  return [
    {
      level: missingUpTo(2, subject),
      what: 'schedule and everySeconds are not set',
      why: 'a job that does not run sends nothing, so missed runs are not detected',
      fix: "set schedule, such as '0 2 * * *', or everySeconds for a heartbeat",
    },
  ]
}
