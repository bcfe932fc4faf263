import type { CronFields, NthWeekday } from './cron-fields.ts'
import type { CronFieldKind } from './cron-field-kinds.ts'
import type { Grammar } from './grammar.ts'
import { readSpan } from './read-span.ts'

/** What one field of an expression names. */
export interface FieldReading extends Pick<CronFields, 'lastDays' | 'nearestWeekdays' | 'nthWeekdays'> {
  /** Ascending, without duplicates; Sunday is 0. */
  readonly values: readonly number[]
}

type Item = Partial<FieldReading>

/**
 * Reads one field; `undefined` where the dialect does not accept it.
 *
 * `lastDay` is the last day of the only month, where there is only one: cron-parser drops later days
 * before it rejects duplicates.
 */
export function readField(
  field: string,
  kind: CronFieldKind,
  grammar: Grammar,
  lastDay: number = kind.max,
): FieldReading | undefined {
  if (field === '?' && grammar.questionMarks === 'whole-day-field' && kind.name.startsWith('day')) {
    return readField('*', kind, grammar)
  }
  const texts = field.split(',')
  const items = texts.map((text) => readItem(text, field, kind, grammar))
  if (!items.every((item) => item !== undefined)) return undefined
  const listed = items.flatMap(({ values = [] }) => values)
  const special = texts.filter((_, index) => items[index]?.values === undefined)
  const kept = listed.filter((value) => value <= lastDay)
  const counted = kept.length > 0 ? kept : listed
  if (grammar.rejectsDuplicates && (hasDuplicates(counted) || hasDuplicates(special))) return undefined
  const values = kind.name === 'day of week' ? listed.map((value) => value % 7) : listed
  return {
    values: [...new Set(values)].sort((one, other) => one - other),
    lastDays: items.flatMap(({ lastDays = [] }) => lastDays),
    nearestWeekdays: items.flatMap(({ nearestWeekdays = [] }) => nearestWeekdays),
    nthWeekdays: items.flatMap(({ nthWeekdays = [] }) => nthWeekdays),
  }
}

function readItem(text: string, field: string, kind: CronFieldKind, grammar: Grammar): Item | undefined {
  const special =
    kind.name === 'day of month'
      ? readDayItem(text, field, grammar)
      : kind.name === 'day of week'
        ? readNthWeekday(text, field, kind, grammar)
        : undefined
  if (special !== undefined) return special
  const values = readSpan(text, kind, grammar)
  return values === undefined ? undefined : { values }
}

/** `L`, `L-3`, `15W` and `LW`. */
function readDayItem(text: string, field: string, { dayItems, hasCapitalL }: Grammar): Item | undefined {
  const item = hasCapitalL ? text : text.toUpperCase()
  if (item === 'L' && dayItems.includes('L')) return { lastDays: [0] }
  if (item === 'LW') {
    const isAccepted = dayItems.includes('LW') || (dayItems.includes('LW alone') && text === field)
    return isAccepted ? { nearestWeekdays: ['last'] } : undefined
  }
  const [, before] = /^L-(\d{1,2})$/.exec(item) ?? []
  if (before !== undefined && dayItems.includes('L-3')) {
    return Number(before) >= 1 && Number(before) <= 30 ? { lastDays: [Number(before)] } : undefined
  }
  const [, nearest] = /^(\d{1,2})W$/.exec(item) ?? []
  if (nearest === undefined || !dayItems.includes('15W')) return undefined
  return Number(nearest) >= 1 && Number(nearest) <= 31 ? { nearestWeekdays: [Number(nearest)] } : undefined
}

/** `5L` and `1#2`. */
function readNthWeekday(
  text: string,
  field: string,
  kind: CronFieldKind,
  grammar: Grammar,
): Item | undefined {
  const [, span = '', nth = 'L'] = /^([^#]+?)(?:#0*([1-5]|L)|L)$/i.exec(text) ?? []
  const isNumbered = nth.toUpperCase() !== 'L'
  if (span === '' || !isNthAccepted(span, isNumbered, text === field, grammar)) return undefined
  if (!isNumbered && grammar.hasCapitalL && !text.endsWith('L')) return undefined
  const weekdays = readSpan(span, kind, grammar)
  const which: NthWeekday['nth'] = isNumbered ? Number(nth) : 'last'
  return weekdays === undefined
    ? undefined
    : { nthWeekdays: weekdays.map((weekday) => ({ weekday: weekday % 7, nth: which })) }
}

function isNthAccepted(
  span: string,
  isNumbered: boolean,
  isAlone: boolean,
  { nthWeekdays }: Grammar,
): boolean {
  const isStar = span === '*' || span === '?'
  const isSingle = /^\w+$/.test(span)
  switch (nthWeekdays) {
    case 'none':
      return false
    case 'items':
      return isSingle
    case 'items-and-ranges':
      return !isStar
    case 'whole-field':
      return isNumbered ? isAlone && (isSingle || isStar) : isSingle
  }
}

function hasDuplicates(list: readonly unknown[]): boolean {
  return new Set(list).size < list.length
}
