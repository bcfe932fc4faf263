import { type CronFieldKind, MONTH_NAMES, WEEKDAY_NAMES } from './cron-field-kinds.ts'
import type { Grammar } from './grammar.ts'

const SPAN = /^(\*|\?|[a-z]+|\d{1,4})(?:-([a-z]+|\d{1,4}))?(?:\/(\d{1,9}))?$/i

interface Span {
  readonly from: number
  readonly to: number
  readonly step: number
}

/**
 * Lists the values of `*`, a value, a range or a step; `undefined` where the dialect does not accept it.
 *
 * Sunday is 0; in a range it may be 7, or both.
 */
export function readSpan(text: string, kind: CronFieldKind, grammar: Grammar): readonly number[] | undefined {
  const [, start = '', end, stepText] = SPAN.exec(text) ?? []
  const step = stepText === undefined ? 1 : Number(stepText)
  if (start === '' || step === 0) return undefined
  if (stepText !== undefined && grammar.limitsSteps && step > sizeOf(kind)) return undefined
  if (/^\w/.test(start) && end === undefined && stepText === undefined) {
    const value = valueOf(start, kind, grammar)
    return value === undefined || value < kind.min || value > kind.max
      ? undefined
      : [sundayFirst(value, kind)]
  }
  const ends = endsOf(start, end, stepText !== undefined, kind, grammar)
  if (ends === undefined) return undefined
  const values =
    ends.from <= ends.to ? ascending({ ...ends, step }) : backward({ ...ends, step }, kind, grammar)
  if (values?.every((value) => value >= kind.min && value <= kind.max) !== true) return undefined
  const hasSundayTwice = kind.name === 'day of week' && values.includes(7) && !values.includes(0)
  return hasSundayTwice ? [0, ...values] : values
}

function endsOf(
  start: string,
  end: string | undefined,
  isStepped: boolean,
  kind: CronFieldKind,
  grammar: Grammar,
): Omit<Span, 'step'> | undefined {
  if (start === '*' || start === '?') {
    const isAccepted = end === undefined && (start === '*' || grammar.questionMarks === 'any')
    return isAccepted ? { from: kind.min, to: kind.max } : undefined
  }
  const from = valueOf(start, kind, grammar)
  if (from === undefined) return undefined
  if (end === undefined) {
    const { openStepsEndAt } = grammar
    if (openStepsEndAt === undefined || from > kind.max) return undefined
    return { from, to: kind.name === 'day of week' ? openStepsEndAt : kind.max }
  }
  const named = valueOf(end, kind, grammar)
  const to =
    named === 0 && /^[a-z]/i.test(end) && kind.name === 'day of week' ? grammar.sundayAfterDash : named
  if (to === undefined || (!grammar.hasRangeSteps && (isStepped || from >= to))) return undefined
  return grammar.hasLooseEnds || (from >= kind.min && to <= kind.max) ? { from, to } : undefined
}

function ascending({ from, to, step }: Span): readonly number[] {
  const values: number[] = []
  for (let value = from; value <= to; value += step) values.push(value)
  return values
}

function backward(
  { from, to, step }: Span,
  kind: CronFieldKind,
  { backwardRanges }: Grammar,
): readonly number[] | undefined {
  if (backwardRanges !== 'wrapped') return backwardRanges === 'empty' ? [] : undefined
  const size = sizeOf(kind)
  const last = kind.min + size - 1
  return ascending({ from, to: from + ((((to - from) % size) + size) % size), step }).map((value) =>
    value > last ? value - size : value,
  )
}

function valueOf(text: string, kind: CronFieldKind, { names }: Grammar): number | undefined {
  if (/^\d/.test(text)) return Number(text)
  const isAsked = (name: CronFieldKind['name']): boolean => kind.name === name || names === 'everywhere'
  if (names === 'none') return undefined
  return (
    (isAsked('month') ? placeOf(text, MONTH_NAMES, names, 1) : undefined) ??
    (isAsked('day of week') ? placeOf(text, WEEKDAY_NAMES, names, 0) : undefined)
  )
}

function placeOf(
  text: string,
  known: readonly string[],
  names: Grammar['names'],
  first: 0 | 1,
): number | undefined {
  const lower = text.toLowerCase()
  const index = known.findIndex(
    (name) => name.slice(0, 3) === lower || (names === 'short-or-long' && name === lower),
  )
  return index === -1 ? undefined : first + index
}

function sizeOf({ name, min, max }: CronFieldKind): number {
  return name === 'day of week' ? 7 : max - min + 1
}

function sundayFirst(value: number, { name }: CronFieldKind): number {
  return name === 'day of week' ? value % 7 : value
}
