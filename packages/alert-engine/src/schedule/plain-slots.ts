import type { DurationMs, Instant } from '../clock.ts'
import type { CronTimes } from './cron-times.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const MINUTES_PER_DAY = 1_440

/**
 * The first slot strictly after an instant for clocks that are never changed: simple reckoning, and therefore fast.
 *
 * @param offsetMs  What the clocks show beyond UTC.
 */
export function nextPlainSlot(times: CronTimes, instant: Instant, offsetMs: DurationMs): Instant {
  const shown = instant + offsetMs
  const midnight = Math.floor(shown / DAY_MS) * DAY_MS
  const minute = Math.floor((shown - midnight) / MINUTE_MS)
  // A weekday comes again after a week at the latest.
  for (let day = 0; day <= 7; day += 1) {
    const dayStart = midnight + day * DAY_MS
    if (!isNamedDay(times, dayStart)) continue
    const slot = firstAfter(times.minutesOfDay, day === 0 ? minute : -1)
    if (slot < MINUTES_PER_DAY) return dayStart + slot * MINUTE_MS - offsetMs
  }
  throw new Error('The times of an expression name no day or no minute')
}

function isNamedDay({ weekdays }: CronTimes, dayStart: Instant): boolean {
  // The first day of the epoch was a Thursday.
  const days = Math.floor(dayStart / DAY_MS)
  return weekdays[(((days + 4) % 7) + 7) % 7] === true
}

/** The first of the ascending minutes above one; a day's length where there is none. */
function firstAfter(minutes: readonly number[], minute: number): number {
  let low = 0
  let high = minutes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((minutes[middle] ?? MINUTES_PER_DAY) > minute) high = middle
    else low = middle + 1
  }
  return minutes[low] ?? MINUTES_PER_DAY
}
