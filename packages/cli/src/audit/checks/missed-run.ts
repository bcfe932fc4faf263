import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** Somebody outside the job must know when it is due. */
export function missedRun(subject: Subject): readonly FoundBy[] {
  const { monitor } = subject
  if (monitor.schedule !== undefined || monitor.everySeconds !== undefined || subject.tier === 4) return []
  return [
    {
      level: missingUpTo(2, subject),
      what: 'it is not said when the job is due',
      why: 'a job that does not run sends nothing, so only its schedule can tell that it is silent',
      fix: "give it a schedule such as '0 2 * * *', or everySeconds for a heartbeat",
    },
  ]
}
