import { nearestName } from '../nearest-name.ts'
import { printableValue } from '../printable-value.ts'
import type { CronFields } from './cron-fields.ts'
import { acceptedInField } from './accepted-in-field.ts'
import { CRON_FIELD_KINDS } from './cron-field-kinds.ts'
import { fieldsOf, type ReadFields } from './fields-of.ts'
import { GRAMMARS, type Grammar } from './grammar.ts'
import { everOccurs, lengthOfMonth } from './occurs-on.ts'
import { type FieldReading, readField } from './read-field.ts'
import { DEFAULT_SCHEDULE_DIALECT, type ScheduleDialect } from './schedule-dialect.ts'

/** A cron expression that was read, or what is wrong with it. */
export type ReadSchedule =
  | { readonly fields: CronFields; readonly problem?: never }
  /** What the expression must be, without its value: `a cron expression that croner accepts (…)`. */
  | { readonly fields?: never; readonly problem: string }

/** Seconds that are left out are 0. cron-parser accepts fewer than five fields, and takes the others for stars. */
const DEFAULT_FIELDS = ['0', '*', '*', '*', '*', '*']

/**
 * Reads a cron expression as one scheduler does: the one judge of schedules.
 *
 * An expression that never occurs, such as 30 February, is a problem too. Never throws.
 *
 * @example
 * import { readSchedule } from '@crontify/protocol'
 *
 * console.log(readSchedule('0 22-2 * * *', 'node-cron').fields?.hours) // [ 0, 1, 2, 22, 23 ]
 * console.log(readSchedule('0 25 * * *').problem)
 * // a cron expression that croner accepts (field 2 of 5, the hour, must be 0 to 23, *, …, not "25")
 */
export function readSchedule(
  schedule: string,
  dialect: ScheduleDialect = DEFAULT_SCHEDULE_DIALECT,
): ReadSchedule {
  const grammar = GRAMMARS[dialect]
  const read = readTexts(schedule, grammar)
  if (typeof read === 'string') {
    return { problem: `a cron expression that ${dialect === 'vixie' ? 'cron' : dialect} accepts (${read})` }
  }
  const fields = fieldsOf(read, grammar)
  return everOccurs(fields) ? { fields } : { problem: 'a cron expression that occurs (this one never does)' }
}

/** The fields, or what is wrong with one of them. */
function readTexts(schedule: string, grammar: Grammar): ReadFields | string {
  const written = writtenFields(schedule.trim(), grammar)
  if (typeof written === 'string') return written
  const texts = [...DEFAULT_FIELDS.slice(0, DEFAULT_FIELDS.length - written.length), ...written]
  const readings: FieldReading[] = []
  for (const [index, kind] of CRON_FIELD_KINDS.entries()) {
    const text = texts[index] ?? '*'
    const isMarked = grammar.hasPlusSign && kind.name === 'day of week' && text.startsWith('+')
    const lastDay = kind.name === 'day of month' ? lastDayOf(texts, grammar) : kind.max
    const reading = readField(isMarked ? text.slice(1) : text, kind, grammar, lastDay)
    if (reading === undefined) {
      const place = index - texts.length + written.length + 1
      const accepted = acceptedInField(kind, grammar)
      return `field ${place} of ${written.length}, the ${kind.name}, must be ${accepted}, not ${printableValue(text)}`
    }
    readings.push(reading)
  }
  return { texts, readings }
}

const MONTH = 4
const A_LEAP_YEAR = 2000

/** The last day of the month, if the expression names one month. */
function lastDayOf(texts: readonly string[], grammar: Grammar): number {
  const kind = CRON_FIELD_KINDS[MONTH]
  const months = kind === undefined ? [] : (readField(texts[MONTH] ?? '*', kind, grammar)?.values ?? [])
  const [month, ...others] = months
  return month === undefined || others.length > 0 ? 31 : lengthOfMonth(A_LEAP_YEAR, month)
}

function writtenFields(schedule: string, grammar: Grammar): readonly string[] | string {
  const { nicknames, hasNicknamesInAnyCase, blanks, fieldCounts } = grammar
  const nickname = hasNicknamesInAnyCase ? schedule.toLowerCase() : schedule
  if (schedule.startsWith('@') && !Object.hasOwn(nicknames, nickname)) {
    const known = Object.keys(nicknames)
    const meant = nearestName(schedule, known)
    const accepted = known.length === 0 ? 'it has no nicknames' : `a nickname must be ${known.join(', ')}`
    return meant === undefined ? accepted : `${accepted}; did you mean ${meant}?`
  }
  const written = (nicknames[nickname] ?? schedule).split(blanks)
  const [fewest, most] = fieldCounts
  if (written.length >= fewest && written.length <= most) return written
  const counts = fewest === most ? `${fewest}` : `${fewest} to ${most}`
  return `it must have ${counts} fields, not ${written.length}`
}
