/** The times of day and the weekdays that an expression names, where it is simple enough to be reckoned with. */
export interface CronTimes {
  /** Minutes since midnight, ascending, at least one. */
  readonly minutesOfDay: readonly number[]
  /** Sunday first; at least one is true. */
  readonly weekdays: readonly boolean[]
}

const NICKNAMES: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
}

/**
 * What an expression of five plain fields says, for every day of every month; `null` for all others: those with seconds,
 * days of the month, months, names, or any of croner's additions.
 *
 * The expression must be one that croner reads: nothing is checked again here.
 */
export function cronTimesOf(expression: string): CronTimes | null {
  const trimmed = expression.trim()
  const [minute, hour, day, month, weekday, ...more] = (NICKNAMES[trimmed] ?? trimmed).split(/\s+/)
  if (minute === undefined || hour === undefined || weekday === undefined || more.length > 0) return null
  if (day !== '*' || month !== '*') return null
  const minutes = valuesOf(minute, 60)
  const hours = valuesOf(hour, 24)
  const days = valuesOf(weekday, 8)
  if (minutes === null || hours === null || days === null) return null
  return {
    minutesOfDay: hours.flatMap((at) => minutes.map((past) => at * 60 + past)),
    // Both 0 and 7 are Sunday.
    weekdays: [0, 1, 2, 3, 4, 5, 6].map((index) => days.includes(index) || (index === 0 && days.includes(7))),
  }
}

const PART = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/

/** The values below `size` that a field names, ascending; `null` where it is not made of plain parts. */
function valuesOf(field: string, size: number): readonly number[] | null {
  const named = new Set<number>()
  for (const part of field.split(',')) {
    const match = PART.exec(part)
    if (match === null) return null
    const [, from, to, step] = match
    const first = Number(from ?? 0)
    const last = from === undefined ? size - 1 : Number(to ?? from)
    for (let value = first; value <= last; value += Number(step ?? 1)) named.add(value)
  }
  return named.size === 0 ? null : [...named].toSorted((one, other) => one - other)
}
