import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** In which zone a schedule is meant. */
export function timeZone({ monitor }: Subject): readonly FoundBy[] {
  if (monitor.schedule === undefined || monitor.timezone !== undefined) return []
  return [
    {
      level: 'advice',
      what: 'its schedule names no time zone',
      why: "it is read in UTC; the machine's own zone may be another one, and moves twice a year",
      fix: "say what the scheduler uses, such as timezone: 'Europe/Berlin', or 'UTC' if that is it",
    },
  ]
}
