import { readSchedule } from '@crontify/protocol'
import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'
import { clockChanges } from '../clock-changes.ts'

const ALL_HOURS = 24

/** Whether the job is due in a local hour that a clock change skips or repeats. */
export function clockChange({ monitor }: Subject): readonly FoundBy[] {
  const { schedule, scheduleDialect, timezone = 'UTC' } = monitor
  const fields = schedule === undefined ? undefined : readSchedule(schedule, scheduleDialect).fields
  if (fields === undefined || fields.hours.length === ALL_HOURS) return []
  const { skipped, repeated } = clockChanges(timezone)
  const isDue = (hour: number): boolean => fields.hours.includes(hour)
  const [skippedHour, repeatedHour] = [skipped.find(isDue), repeated.find(isDue)]
  if (skippedHour === undefined && repeatedHour === undefined) return []
  const texts = [
    ...(skippedHour === undefined ? [] : [`${hourText(skippedHour)} (skipped once a year)`]),
    ...(repeatedHour === undefined ? [] : [`${hourText(repeatedHour)} (repeated once a year)`]),
  ]
  return [
    {
      level: 'advice',
      what: `it is due at ${texts.join(' and ')} in ${timezone}`,
      why: 'schedulers disagree about runs in an hour that a clock change skips or repeats',
      fix: 'choose another hour, or UTC',
    },
  ]
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
