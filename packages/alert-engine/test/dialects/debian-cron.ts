import type { Span } from './oracle.ts'

const MINUTE_MS = 60_000
/** A jump of more than this is a clock that was set, and not a clock change: three hours. */
const LARGEST_JUMP_MINUTES = 180

/**
 * When Debian's cron (3.0pl1) starts a job: its main loop, minute by minute, with its virtual time.
 *
 * It compares the minutes of the local clock with those that it has worked through. After a jump forward it starts jobs with
 * a wildcard for the current minute, and jobs at a fixed time for each minute that was skipped. After a jump backward it
 * starts only jobs with a wildcard, until the clock has caught up.
 */
export function vixieInstants(expression: string, { timezone, from, until }: Span): readonly number[] {
  const entry = readEntry(expression)
  const localMinuteOf = createLocalMinutes(timezone)
  const started: number[] = []
  const first = Math.floor(from / MINUTE_MS + 1) * MINUTE_MS
  let virtual = localMinuteOf(first - MINUTE_MS)
  for (let at = first; at <= until; at += MINUTE_MS) {
    const clock = localMinuteOf(at)
    const jump = clock - virtual
    let starts: boolean
    if (jump > LARGEST_JUMP_MINUTES || jump <= -LARGEST_JUMP_MINUTES) {
      starts = entry.isDue(clock)
      virtual = clock
    } else if (jump > 0) {
      const skipped = Array.from({ length: jump }, (_, index) => virtual + index + 1)
      starts = entry.hasWildcard ? entry.isDue(clock) : skipped.some(entry.isDue)
      virtual = clock
    } else {
      starts = entry.hasWildcard && entry.isDue(clock)
    }
    if (starts) started.push(at)
  }
  return started
}

interface Entry {
  readonly hasWildcard: boolean
  readonly isDue: (localMinute: number) => boolean
}

function readEntry(expression: string): Entry {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = expression.trim().split(/[ \t]+/)
  const minutes = bitsOf(minute, 0, 59)
  const hours = bitsOf(hour, 0, 23)
  const days = bitsOf(day, 1, 31)
  const months = bitsOf(month, 1, 12)
  const weekdays = bitsOf(weekday, 0, 7)
  const hasDayStar = day.startsWith('*') || weekday.startsWith('*')
  return {
    hasWildcard: minute.startsWith('*') || hour.startsWith('*'),
    isDue: (localMinute) => {
      const date = new Date(localMinute * MINUTE_MS)
      const isDay = days.has(date.getUTCDate())
      const isWeekday = weekdays.has(date.getUTCDay()) || (date.getUTCDay() === 0 && weekdays.has(7))
      return (
        minutes.has(date.getUTCMinutes()) &&
        hours.has(date.getUTCHours()) &&
        months.has(date.getUTCMonth() + 1) &&
        (hasDayStar ? isDay && isWeekday : isDay || isWeekday)
      )
    },
  }
}

const NAMES = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const WEEKDAYS = 'sun mon tue wed thu fri sat'.split(' ')

function bitsOf(field: string, low: number, high: number): ReadonlySet<number> {
  const numberOf = (text: string): number => {
    const name = (low === 1 ? NAMES : WEEKDAYS).indexOf(text.toLowerCase())
    return name === -1 ? Number(text) : name + low
  }
  const bits = new Set<number>()
  for (const item of field.split(',')) {
    const [span = '', step = '1'] = item.split('/')
    const [from = '', to = from] = span === '*' ? [String(low), String(high)] : span.split('-')
    for (let value = numberOf(from); value <= numberOf(to); value += Number(step)) bits.add(value)
  }
  return bits
}

function createLocalMinutes(timeZone: string): (instant: number) => number {
  if (timeZone === 'UTC') return (instant) => Math.floor(instant / MINUTE_MS)
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (instant) => Math.floor(Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) / MINUTE_MS)
}
