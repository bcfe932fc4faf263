import fc from 'fast-check'
import { readSchedule, SCHEDULE_DIALECTS, type ScheduleDialect } from '@crontify/protocol'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createSchedule } from '../../src/schedule/create-schedule.ts'
import { createZoneOffsets } from '../../src/schedule/zone-offsets.ts'
import { clockChangesOf, ZONES } from './clock-changes.ts'
import { anyExpression, nightlyExpression } from './expressions.ts'
import { ORACLES, type Span } from './oracle.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

// The libraries look at the machine's time, so it has to be the time at which they are asked.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 5, 1) })
})
afterAll(() => {
  vi.useRealTimers()
})

const offsets = new Map(ZONES.map((timezone) => [timezone, createZoneOffsets(timezone)]))
const changes = ZONES.flatMap((timezone) => clockChangesOf(timezone).map((at) => ({ timezone, at })))

function slotsOf(dialect: ScheduleDialect, schedule: string, { timezone, from, until }: Span): number[] {
  const { nextAfter } = createSchedule(
    { schedule, dialect, timezone },
    (zone) => offsets.get(zone) ?? createZoneOffsets(zone),
  )
  const slots: number[] = []
  for (let at = nextAfter(from); at !== null && at <= until; at = nextAfter(at)) slots.push(at)
  return slots
}

function texts(instants: readonly number[]): readonly string[] {
  return instants.map((instant) => new Date(instant).toISOString())
}

// What Debian's crontab accepts is in debian-cron.test.ts.
it.each(SCHEDULE_DIALECTS.filter((dialect) => dialect !== 'vixie'))(
  'accepts the expressions that %s accepts, and no others',
  (dialect) => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const { problem } = readSchedule(expression, dialect)
        // Some libraries accept what never occurs; to croner `7/2` is an empty list.
        fc.pre(problem?.includes('never does') !== true && !/(?:^|[ ,])7\/\d+(?:,\S*)?$/.test(expression))

        expect(problem === undefined).toBe(ORACLES[dialect].accepts(expression))
      }),
      { numRuns: 1_000 },
    )
  },
)

it.each(SCHEDULE_DIALECTS)('expects a job on the days on which %s starts it', (dialect) => {
  const from = Date.UTC(2027, 10, 20)
  fc.assert(
    fc.property(anyExpression, (expression) => {
      const { fields } = readSchedule(expression, dialect)
      fc.pre(fields !== undefined)
      // One slot a day keeps this short: the times of day are the next test's.
      const [minute, hour] = [fields.minutes[0], fields.hours[0]]
      const days = expression.split(' ').slice(-3).join(' ')
      const daily = `${minute} ${hour} ${days}`
      fc.pre(readSchedule(daily, dialect).fields !== undefined)
      const span = { timezone: 'UTC', from, until: from + (dialect === 'pg-boss' ? 20 : 70) * DAY_MS }

      expect(texts(slotsOf(dialect, daily, span))).toEqual(texts(ORACLES[dialect].instants(daily, span)))
    }),
    { numRuns: isSlow(dialect) ? 5 : 20 },
  )
})

it.each(SCHEDULE_DIALECTS)(
  'expects a job when %s starts it, through every clock change',
  (dialect) => {
    const places = changes.filter(({ timezone }) => isTested(dialect, timezone))
    fc.assert(
      fc.property(fc.constantFrom(...places), nightlyExpression, ({ timezone, at }, expression) => {
        fc.pre(readSchedule(expression, dialect).fields !== undefined)
        // Two days before, so that the library's own last slot is the one that it goes on from.
        // pg-boss goes on from none, and answers slowly.
        const before = dialect === 'pg-boss' ? 4 : 50
        const span = { timezone, from: at - before * HOUR_MS, until: at + 27 * HOUR_MS }

        expect(texts(slotsOf(dialect, expression, span))).toEqual(
          texts(ORACLES[dialect].instants(expression, span)),
        )
      }),
      { numRuns: isSlow(dialect) ? 6 : 30 },
    )
  },
  120_000,
)

function isSlow(dialect: ScheduleDialect): boolean {
  return dialect === 'cron' || dialect === 'pg-boss'
}

function isTested(dialect: ScheduleDialect, timezone: string): boolean {
  if (dialect === 'graphile-worker') return timezone === 'UTC'
  // cron-parser skips hours, or gives up, where clocks change by half an hour or at a quarter to three.
  return dialect !== 'cron-parser' || !['Australia/Lord_Howe', 'Pacific/Chatham'].includes(timezone)
}
