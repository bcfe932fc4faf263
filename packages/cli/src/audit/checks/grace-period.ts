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
      what: `a good run took ${Math.round(longestMs / 1_000)} s, and runs count as hung after ${hungMs / 1_000} s`,
      why: 'without maxDurationSeconds that is twice the grace period, and healthy runs alert',
      fix: 'set maxDurationSeconds',
    })
  }
  if (monitor.everySeconds !== undefined && graceSeconds > monitor.everySeconds) {
    found.push({
      level: 'advice',
      what: `it is due every ${monitor.everySeconds} s and may be ${graceSeconds} s late`,
      why: 'several beats can be lost before anybody hears of it',
      fix: `set graceSeconds to at most ${monitor.everySeconds}`,
    })
  }
  if (graceSeconds === 0 && monitor.schedule !== undefined) {
    found.push({
      level: 'advice',
      what: 'it has no grace period',
      why: 'schedulers and networks are late now and then, and each time counts as a missed run',
      fix: 'set graceSeconds to a minute or more',
    })
  }
  return found
}
