import { describe, expect, it } from 'vitest'
import { instantOf } from '../../test/scenario.ts'
import { createSchedule } from './create-schedule.ts'

function slots(expression: string, timezone: string, after: string, count: number): string[] {
  const schedule = createSchedule({ schedule: expression, dialect: 'croner', timezone })
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

it.each(['61 * * * *', '0 0 30 2 *', 'daily'])('throws for "%s"', (schedule) => {
  expect(() => createSchedule({ schedule, dialect: 'croner', timezone: 'UTC' })).toThrow(
    '"schedule" must be a cron expression that',
  )
})

it.each(['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually', '@Daily'])(
  'knows the nickname %s',
  (nickname) => {
    expect(slots(nickname, 'UTC', '2026-01-05T00:30:00Z', 1)).toHaveLength(1)
  },
)

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

it('has slots in an hour that comes twice although the next day that is named is far', () => {
  expect(slots('0 * * * 4', 'Africa/Cairo', '2028-10-26T20:59:59.999Z', 2)).toEqual([
    '2028-10-26T21:00:00.000Z',
    '2028-11-01T22:00:00.000Z',
  ])
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
  const everySeven = { schedule: '*/7 * * * *', dialect: 'croner', timezone: 'UTC' } as const
  const asked = createSchedule(everySeven)
  const from = instantOf('2026-01-05T00:00:00Z')
  // A fixed walk to and fro over three hours.
  const instants = Array.from({ length: 300 }, (_, index) => from + ((index * 7_919) % 10_800) * 1_000)

  for (const instant of instants) {
    expect(asked.nextAfter(instant)).toBe(createSchedule(everySeven).nextAfter(instant))
  }
})
