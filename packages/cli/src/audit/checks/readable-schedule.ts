import { readSchedule } from '@crontify/protocol'
import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** Whether the schedule can be read, and ever occurs. */
export function readableSchedule({ monitor: { schedule, scheduleDialect } }: Subject): readonly FoundBy[] {
  const problem = schedule === undefined ? undefined : readSchedule(schedule, scheduleDialect).problem
  if (problem === undefined) return []
  return [
    {
      level: 'missing',
      what: `schedule must be ${problem}, got "${schedule ?? ''}"`,
      why: 'missed runs cannot be detected',
      fix: 'correct the schedule, or set scheduleDialect to the scheduler that runs it',
    },
  ]
}
