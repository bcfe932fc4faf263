import { type CronFields, occursOn } from '@crontify/protocol'

/** A wall-clock time, as if the clock showed UTC: milliseconds since 1970. */
export type WallTime = number

/** The times that a schedule names, on a clock that never changes. */
export interface WallSlots {
  /** The first slot strictly after a time; `null` where there is none within fifty years. */
  nextAfter(wall: WallTime): WallTime | null
}

const DAY_MS = 86_400_000
const MINUTES_PER_DAY = 1_440
const MOST_YEARS_AHEAD = 50

/** Works out the slots of a schedule. */
export function createWallSlots(fields: CronFields): WallSlots {
  const { seconds, hours, minutes } = fields
  const firstSecond = seconds[0] ?? 0
  const minutesOfDay = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute))
  const firstMinute = minutesOfDay[0] ?? 0
  const nextDayAfter = createNamedDays(fields)

  return {
    nextAfter(wall) {
      const day = Math.floor(wall / DAY_MS)
      const inDay = Math.floor((wall - day * DAY_MS) / 1_000)
      // The day itself is the next one after the day before.
      if (nextDayAfter(day - 1) === day) {
        const minute = Math.floor(inDay / 60)
        const next = firstAbove(minutesOfDay, minute - 1)
        if (next === minute) {
          const second = firstAbove(seconds, inDay % 60)
          if (second < 60) return day * DAY_MS + (minute * 60 + second) * 1_000
        }
        const later = next === minute ? firstAbove(minutesOfDay, minute) : next
        if (later < MINUTES_PER_DAY) return day * DAY_MS + (later * 60 + firstSecond) * 1_000
      }
      const nextDay = nextDayAfter(day)
      return nextDay === null ? null : nextDay * DAY_MS + (firstMinute * 60 + firstSecond) * 1_000
    },
  }
}

/** Finds the first day with slots after a day; both are days since 1970. */
function createNamedDays(fields: CronFields): (day: number) => number | null {
  const { days, months, weekdays, nthWeekdays } = fields
  if (days.length === 31 && months.length === 12 && nthWeekdays.length === 0) {
    return daysOfWeek(fields.dayRule === 'both' ? weekdays : [0, 1, 2, 3, 4, 5, 6])
  }
  // Pings ask for neighboring days again and again: the last answers hold for every day before them.
  const known: { from: number; to: number | null }[] = []
  let oldest = 0
  return (day) => {
    const hit = known.find(({ from, to }) => day >= from && (to === null || day < to))
    if (hit !== undefined) return hit.to
    const to = searchDay(fields, day)
    known[oldest] = { from: day, to }
    oldest = (oldest + 1) % 4
    return to
  }
}

function daysOfWeek(weekdays: readonly number[]): (day: number) => number {
  // The first day of 1970 was a Thursday.
  const waits = [0, 1, 2, 3, 4, 5, 6].map((today) =>
    Math.min(...weekdays.map((weekday) => ((weekday - today + 6) % 7) + 1)),
  )
  return (day) => day + (waits[(((day + 4) % 7) + 7) % 7] ?? 1)
}

function searchDay(fields: CronFields, after: number): number | null {
  const date = new Date(after * DAY_MS)
  const lastYear = date.getUTCFullYear() + MOST_YEARS_AHEAD
  for (;;) {
    date.setUTCDate(date.getUTCDate() + 1)
    const year = date.getUTCFullYear()
    const month = date.getUTCMonth() + 1
    if (year > lastYear || Number.isNaN(year)) return null
    if (!fields.months.includes(month)) date.setUTCMonth(month, 0)
    else if (occursOn(fields, { year, month, day: date.getUTCDate() })) return date.getTime() / DAY_MS
  }
}

/** The first of the ascending numbers above one; `Infinity` where there is none. */
function firstAbove(numbers: readonly number[], number: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? Infinity) > number) high = middle
    else low = middle + 1
  }
  return numbers[low] ?? Infinity
}
