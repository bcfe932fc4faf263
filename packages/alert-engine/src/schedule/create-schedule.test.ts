import { describe, expect, it } from 'vitest'
import { instantOf } from '../../test/scenario.ts'
import { createSchedule } from './create-schedule.ts'

function slots(expression: string, timezone: string, after: string, count: number): string[] {
  const schedule = createSchedule(expression, timezone)
  const found: string[] = []
  let instant: number | null = instantOf(after)
  while (found.length < count && instant !== null) {
    instant = schedule.nextAfter(instant)
    if (instant !== null) found.push(new Date(instant).toISOString())
  }
  return found
}

it.each([
  ['0 9 * * *', '2026-01-05T09:00:00Z', '2026-01-06T09:00:00.000Z'],
  ['0 9 * * *', '2026-01-05T08:59:59.999Z', '2026-01-05T09:00:00.000Z'],
  ['*/10 * * * * *', '2026-01-05T09:00:01Z', '2026-01-05T09:00:10.000Z'],
  ['@daily', '2026-01-05T09:00:00Z', '2026-01-06T00:00:00.000Z'],
  ['@hourly', '2026-01-05T09:00:00Z', '2026-01-05T10:00:00.000Z'],
  ['  0 9 * * MON ', '2026-01-05T09:00:00Z', '2026-01-12T09:00:00.000Z'],
  ['0 0 L * *', '2026-02-01T00:00:00Z', '2026-02-28T00:00:00.000Z'],
])('reads "%s": the slot after %s is %s', (expression, after, slot) => {
  expect(slots(expression, 'UTC', after, 1)).toEqual([slot])
})

it('takes day of month or weekday, as cron does where both are given', () => {
  expect(slots('0 9 1 * 1', 'UTC', '2026-11-24T00:00:00Z', 2)).toEqual([
    '2026-11-30T09:00:00.000Z',
    '2026-12-01T09:00:00.000Z',
  ])
})

it('finds nothing for a day that no month has', () => {
  expect(slots('0 0 30 2 *', 'UTC', '2026-01-01T00:00:00Z', 1)).toEqual([])
})

it.each([
  ['61 * * * *', 'field 1 of 5, the minute, is "61"; it takes 0 to 59'],
  ['0 25 * * *', 'field 2 of 5, the hour, is "25"; it takes 0 to 23'],
  ['0 0 32 * *', 'field 3 of 5, the day of month, is "32"; it takes 1 to 31'],
  ['0 0 * 13 *', 'field 4 of 5, the month, is "13"; it takes 1 to 12'],
  ['0 9 * * FOO', 'field 5 of 5, the day of week, is "FOO"; it takes 0 to 7'],
  ['60 * * * * *', 'field 1 of 6, the second, is "60"'],
  ['*/0 * * * *', 'field 1 of 5, the minute, is "*/0"'],
  ['* 5/15 * * *', 'field 2 of 5, the hour, is "5/15"; it takes 0 to 23, *, lists, ranges and steps'],
  ['* * * *', 'it has 4 fields, not five or six fields'],
  ['daily', 'it has one field, not five or six fields'],
  ['0 0 * * * * 2030', 'five or six fields'],
  ['2026-01-01T00:00:00', 'five or six fields'],
  ['@never', '"@never" is no nickname; there are @hourly, @daily'],
  ['@dayly', '"@dayly" is no nickname, did you mean "@daily"'],
])('refuses "%s", saying where and what is accepted', (expression, why) => {
  const read = (): unknown => createSchedule(expression, 'UTC')

  expect(read).toThrow(RangeError)
  expect(read).toThrow(why)
  expect(read).toThrow(`"schedule" is not a cron expression: "${expression}"`)
  expect(read).toThrow('Accepted are five fields')
})

it.each(['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually', '@Daily'])(
  'knows the nickname %s',
  (nickname) => {
    expect(slots(nickname, 'UTC', '2026-01-05T00:30:00Z', 1)).toHaveLength(1)
  },
)

it('shows no more of a long or hostile expression than a line', () => {
  const read = (): unknown => createSchedule(`\u001b[2J${'* '.repeat(10_000)}`, 'UTC')

  expect(read).toThrow(RangeError)
  expect(read).not.toThrow(/\p{Cc}/u)
  expect(read).not.toThrow(/.{600}/)
})

describe('when the clocks of New York go back, on 2026-11-01', () => {
  it('has a slot in each of both hours for an hourly schedule', () => {
    expect(slots('0 * * * *', 'America/New_York', '2026-11-01T04:30:00Z', 3)).toEqual([
      '2026-11-01T05:00:00.000Z',
      '2026-11-01T06:00:00.000Z',
      '2026-11-01T07:00:00.000Z',
    ])
  })

  it('has one slot for a fixed time that comes twice', () => {
    expect(slots('30 1 * * *', 'America/New_York', '2026-10-31T12:00:00Z', 2)).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ])
  })
})

describe('when the clocks of New York go forward, on 2027-03-14', () => {
  it('has a slot right after the gap for a fixed time inside it', () => {
    expect(slots('30 2 * * *', 'America/New_York', '2027-03-13T12:00:00Z', 2)).toEqual([
      '2027-03-14T07:00:00.000Z',
      '2027-03-15T06:30:00.000Z',
    ])
  })

  it('loses no hour of an hourly schedule', () => {
    expect(slots('0 * * * *', 'America/New_York', '2027-03-14T05:30:00Z', 3)).toEqual([
      '2027-03-14T06:00:00.000Z',
      '2027-03-14T07:00:00.000Z',
      '2027-03-14T08:00:00.000Z',
    ])
  })
})

it('answers the same whatever was asked before', () => {
  const asked = createSchedule('*/7 * * * *', 'UTC')
  const from = instantOf('2026-01-05T00:00:00Z')
  // A fixed walk to and fro over three hours, to cross every remembered slot in both directions.
  const instants = Array.from({ length: 300 }, (_, index) => from + ((index * 7_919) % 10_800) * 1_000)

  for (const instant of instants) {
    expect(asked.nextAfter(instant)).toBe(createSchedule('*/7 * * * *', 'UTC').nextAfter(instant))
  }
})
