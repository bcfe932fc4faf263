import fc from 'fast-check'

interface FieldShape {
  readonly min: number
  readonly max: number
  readonly names?: readonly string[]
  /** Items that only some dialects accept. */
  readonly special?: fc.Arbitrary<string>
}

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
)
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ')
const digit = fc.integer({ min: 0, max: 7 })

const SECOND: FieldShape = { min: 0, max: 59 }
const HOUR: FieldShape = { min: 0, max: 23 }
const DAY: FieldShape = {
  min: 1,
  max: 31,
  special: fc.oneof(
    fc.constantFrom('L', 'l', 'LW', 'lw', '?'),
    fc.integer({ min: 1, max: 31 }).map((day) => `${day}W`),
    fc.integer({ min: 0, max: 31 }).map((day) => `L-${day}`),
  ),
}
const MONTH: FieldShape = { min: 1, max: 12, names: MONTHS }
const WEEKDAY: FieldShape = {
  min: 0,
  max: 7,
  names: WEEKDAYS,
  special: fc.oneof(
    fc.constantFrom('L', '?', 'friL', 'mon#2', '1-5#2', '1-5L', '+1', '*#2', '*/2#1'),
    digit.map((weekday) => `${weekday}L`),
    fc.tuple(digit, fc.integer({ min: 0, max: 6 })).map(([weekday, nth]) => `${weekday}#${nth}`),
  ),
}

function valueIn({ min, max, names }: FieldShape): fc.Arbitrary<string> {
  const number = fc.integer({ min, max }).map(String)
  if (names === undefined) return number
  const letters = fc.constantFrom(
    (name: string) => name,
    (name: string) => name.slice(0, 3),
    (name: string) => name.slice(0, 3).toUpperCase(),
  )
  const name = fc.tuple(fc.constantFrom(...names), letters).map(([full, shown]) => shown(full))
  return fc.oneof({ weight: 3, arbitrary: number }, { weight: 1, arbitrary: name })
}

function itemIn(shape: FieldShape): fc.Arbitrary<string> {
  const value = valueIn(shape)
  const step = fc.integer({ min: 1, max: shape.max + 5 }).map(String)
  const range = fc.tuple(value, value).map(([from, to]) => `${from}-${to}`)
  return fc.oneof(
    { weight: 4, arbitrary: value },
    { weight: 2, arbitrary: range },
    { weight: 1, arbitrary: fc.tuple(range, step).map(([span, by]) => `${span}/${by}`) },
    { weight: 2, arbitrary: step.map((by) => `*/${by}`) },
    { weight: 1, arbitrary: fc.tuple(value, step).map(([from, by]) => `${from}/${by}`) },
    ...(shape.special === undefined ? [] : [{ weight: 2, arbitrary: shape.special }]),
  )
}

function fieldOf(shape: FieldShape, stars: number): fc.Arbitrary<string> {
  const item = itemIn(shape)
  return fc.oneof(
    { weight: stars, arbitrary: fc.constant('*') },
    { weight: 4, arbitrary: item },
    { weight: 1, arbitrary: fc.array(item, { minLength: 2, maxLength: 3 }).map((items) => items.join(',')) },
  )
}

/** Expressions of five or six fields as people write them for any scheduler; each accepts a part of them. */
export const anyExpression: fc.Arbitrary<string> = fc
  .tuple(
    fc.option(fieldOf(SECOND, 1), { freq: 4, nil: undefined }),
    fieldOf(SECOND, 2),
    fieldOf(HOUR, 2),
    fieldOf(DAY, 8),
    fieldOf(MONTH, 12),
    fieldOf(WEEKDAY, 6),
  )
  .map((fields) => fields.filter((field) => field !== undefined).join(' '))

/** Hours around those in which clocks change, on every day: expressions that clock changes matter to. */
export const nightlyExpression: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom('*', '*/5', '*/15', '*/20', '0', '30', '15,45', '0,30', '10-50/20'),
      fieldOf(SECOND, 1),
    ),
    fc.oneof(
      fc.constantFrom(
        '*',
        '*/2',
        '*/3',
        '0',
        '1',
        '2',
        '3',
        '1,2',
        '2,3',
        '1-5',
        '0-6',
        '23',
        '0-23',
        '23,0,1',
      ),
      fc.subarray(['0', '1', '2', '3', '4', '23'], { minLength: 1 }).map((hours) => hours.join(',')),
    ),
    fc.constantFrom('*', '*', '*', '1-7', '25-31', '*/2'),
    fc.constantFrom('*', '*', '0', '6,0'),
  )
  .map(([minute, hour, day, weekday]) => `${minute} ${hour} ${day} * ${weekday}`)
