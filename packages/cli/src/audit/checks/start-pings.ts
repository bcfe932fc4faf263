import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** Without a start, a run cannot overlap, hang or be measured. */
export function startPings(subject: Subject): readonly FoundBy[] {
  const { monitor, observed } = subject
  const isHeartbeat = monitor.everySeconds !== undefined
  if (observed === undefined || isHeartbeat || observed.ends === 0 || observed.starts > 0) return []
  return [
    {
      level: missingUpTo(1, subject),
      what: 'the job sends no start pings',
      why: 'overlaps, hung runs and durations need a start',
      fix: 'run it with crontify exec or monitor.wrap, or call start() first',
    },
  ]
}
