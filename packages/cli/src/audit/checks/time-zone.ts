import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** In which zone a schedule is meant. */
export function timeZone({ monitor }: Subject): readonly FoundBy[] {
  if (monitor.schedule === undefined || monitor.timezone !== undefined) return []
  return [
    {
      level: 'advice',
      what: 'timezone is not set',
      why: "the schedule is read in UTC, which may differ from the scheduler's time zone",
      fix: "set the scheduler's time zone, such as timezone: 'Europe/Berlin', or 'UTC'",
    },
  ]
}
