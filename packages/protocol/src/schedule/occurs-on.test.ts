import { expect, it } from 'vitest'
import { type CalendarDay, occursOn } from './occurs-on.ts'
import { readSchedule } from './read-schedule.ts'

function daysOf(schedule: string, year: number, month: number): readonly number[] {
  const { fields } = readSchedule(schedule, 'node-cron')
  const days = Array.from({ length: 31 }, (_, index): CalendarDay => ({ year, month, day: index + 1 }))
  const existing = days.filter(({ day }) => new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day)
  return existing.filter((date) => fields !== undefined && occursOn(fields, date)).map(({ day }) => day)
}

it.each<[string, number, number, readonly number[]]>([
  ['0 0 L * *', 2028, 2, [29]],
  ['0 0 L-3 * *', 2027, 2, [25]],
  // 2027-05-15 is a Saturday, 2027-08-15 a Sunday.
  ['0 0 15W * *', 2027, 5, [14]],
  ['0 0 15W * *', 2027, 8, [16]],
  // The month is not left: 2027-05-01 is a Saturday, 2027-10-31 a Sunday.
  ['0 0 1W * *', 2027, 5, [3]],
  ['0 0 LW * *', 2027, 10, [29]],
  ['0 0 31W * *', 2027, 4, []],
  ['0 0 * * 5L', 2027, 1, [29]],
  ['0 0 * * 1#1', 2027, 2, [1]],
  ['0 0 * * 1#5', 2027, 2, []],
  // Both must match in node-cron.
  ['0 0 1-7 * 1', 2027, 1, [4]],
])('%s in %i-%i names %j', (schedule, year, month, days) => {
  expect(daysOf(schedule, year, month)).toEqual(days)
})
