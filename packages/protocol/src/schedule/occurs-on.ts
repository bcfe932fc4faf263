import type { CronFields } from './cron-fields.ts'

/** A day of the calendar; months from 1. */
export interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** True if the schedule has slots on this day. */
export function occursOn(fields: CronFields, date: CalendarDay): boolean {
  if (!fields.months.includes(date.month)) return false
  const matchesDay = isNamedDay(fields, date)
  if (fields.dayRule === 'both' ? !matchesDay : matchesDay) return matchesDay
  return isNamedWeekday(fields, date)
}

/** The years in which a leap year and a common year have begun with every weekday. */
const FIRST_YEAR = 2000
const LAST_YEAR = 2027

/** True if some day of some year has a slot. */
export function everOccurs(fields: CronFields): boolean {
  const { seconds, minutes, hours, months } = fields
  if (seconds.length === 0 || minutes.length === 0 || hours.length === 0) return false
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
    for (const month of months) {
      for (let day = 1; day <= lengthOfMonth(year, month); day += 1) {
        if (occursOn(fields, { year, month, day })) return true
      }
    }
  }
  return false
}

function isNamedDay({ days, lastDays, nearestWeekdays }: CronFields, date: CalendarDay): boolean {
  if (days.includes(date.day)) return true
  if (lastDays.length === 0 && nearestWeekdays.length === 0) return false
  const last = lengthOfMonth(date.year, date.month)
  return (
    lastDays.includes(last - date.day) ||
    nearestWeekdays.some(
      (target) => nearestWeekday(target === 'last' ? last : target, last, date) === date.day,
    )
  )
}

/** The day of the month on which a working day is nearest; 0 where the month has no such day. */
function nearestWeekday(target: number, last: number, { year, month }: CalendarDay): number {
  if (target > last) return 0
  const weekday = weekdayOf({ year, month, day: target })
  if (weekday === 6) return target === 1 ? target + 2 : target - 1
  if (weekday === 0) return target === last ? target - 2 : target + 1
  return target
}

function isNamedWeekday({ weekdays, nthWeekdays }: CronFields, date: CalendarDay): boolean {
  if (weekdays.length === 7) return true
  const weekday = weekdayOf(date)
  if (weekdays.includes(weekday)) return true
  return nthWeekdays.some((named) => {
    if (named.weekday !== weekday) return false
    if (named.nth === 'last') return date.day > lengthOfMonth(date.year, date.month) - 7
    return Math.ceil(date.day / 7) === named.nth
  })
}

function weekdayOf({ year, month, day }: CalendarDay): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay()
}

/** Days of a month; months from 1. */
export function lengthOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
