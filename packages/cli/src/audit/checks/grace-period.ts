import { DEFAULT_GRACE_SECONDS, HUNG_GRACE_MULTIPLIER } from '@crontify/protocol'
import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** Whether the grace period fits the schedule and the runs. */
export function gracePeriod(subject: Subject): readonly FoundBy[] {
  const { monitor, observed } = subject
  const graceSeconds = monitor.graceSeconds ?? DEFAULT_GRACE_SECONDS
  const found: FoundBy[] = []
  const longestMs = Math.max(0, ...(observed?.durationsMs ?? []))
  const hungMs = graceSeconds * HUNG_GRACE_MULTIPLIER * 1_000
  if (monitor.maxDurationSeconds === undefined && longestMs > hungMs) {
    found.push({
      level: missingUpTo(2, subject),
      what: `a successful run took ${Math.round(longestMs / 1_000)} s (hung after ${hungMs / 1_000} s)`,
      why: 'without maxDurationSeconds the limit is twice the grace period',
      fix: 'set maxDurationSeconds',
    })
  }
  if (monitor.everySeconds !== undefined && graceSeconds > monitor.everySeconds) {
    found.push({
      level: 'advice',
      what: `graceSeconds is ${graceSeconds}, more than everySeconds (${monitor.everySeconds})`,
      why: 'several heartbeats can be missed without an alert',
      fix: `set graceSeconds to at most ${monitor.everySeconds}`,
    })
  }
  if (graceSeconds === 0 && monitor.schedule !== undefined) {
    found.push({
      level: 'advice',
      what: 'graceSeconds is 0',
      why: 'each delay of the scheduler or the network counts as a missed run',
      fix: 'set graceSeconds to a minute or more',
    })
  }
  return found
}
