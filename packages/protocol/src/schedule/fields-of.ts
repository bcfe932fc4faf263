import type { CronFields } from './cron-fields.ts'
import type { Grammar } from './grammar.ts'
import type { FieldReading } from './read-field.ts'

/** The six fields of an expression, as they are written and as they were read: second to day of week. */
export interface ReadFields {
  readonly texts: readonly string[]
  readonly readings: readonly FieldReading[]
}

const SECOND = 0
const MINUTE = 1
const HOUR = 2
const DAY = 3
const MONTH = 4
const WEEKDAY = 5

/** Combines the fields as the dialect does. */
export function fieldsOf(read: ReadFields, grammar: Grammar): CronFields {
  const { readings } = read
  const values = (index: number): readonly number[] => readings[index]?.values ?? []
  const isEither = isRestricted(DAY, 31, read, grammar) && isRestricted(WEEKDAY, 7, read, grammar)
  return {
    seconds: values(SECOND),
    minutes: values(MINUTE),
    hours: values(HOUR),
    days: values(DAY),
    lastDays: readings[DAY]?.lastDays ?? [],
    nearestWeekdays: readings[DAY]?.nearestWeekdays ?? [],
    months: values(MONTH),
    weekdays: values(WEEKDAY),
    nthWeekdays: readings[WEEKDAY]?.nthWeekdays ?? [],
    dayRule: isEither && read.texts[WEEKDAY]?.startsWith('+') !== true ? 'either' : 'both',
    isFixedTime: isFixedTime(read, grammar),
  }
}

function isRestricted(
  index: number,
  everyDay: number,
  read: ReadFields,
  { restrictedDays }: Grammar,
): boolean {
  const text = read.texts[index] ?? '*'
  switch (restrictedDays) {
    case 'never':
      return false
    case 'unless-star':
      return text !== '*' && text !== '?'
    case 'unless-leading-star':
      return !text.startsWith('*')
    case 'unless-every-day':
      return (read.readings[index]?.values.length ?? 0) < everyDay
  }
}

function isFixedTime({ texts, readings }: ReadFields, { fixedTimes }: Grammar): boolean {
  switch (fixedTimes) {
    case 'none':
      return false
    case 'single-values':
      return [SECOND, MINUTE, HOUR].every(
        (index) => !/[*?/]/.test(texts[index] ?? '*') && readings[index]?.values.length === 1,
      )
    case 'without-leading-star':
      return [MINUTE, HOUR].every((index) => texts[index]?.startsWith('*') === false)
    case 'not-every-hour':
      return readings[HOUR]?.values.length !== 24
  }
}
