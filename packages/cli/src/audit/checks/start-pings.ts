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
      what: 'its job sends ends and no starts',
      why: 'overlapping runs, runs that hang and durations are seen from the start on, or not at all',
      fix: 'run it with crontify exec or monitor.wrap, or call start() first',
    },
  ]
}
