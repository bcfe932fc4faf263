import { type CronFields, occursOn, type ScheduleDialect } from '@crontify/protocol'
import type { DurationMs } from '../clock.ts'
import type { WallTime } from './wall-slots.ts'

/** A change that sets clocks back. */
export interface Repetition {
  /** What clocks show beyond UTC afterwards. */
  readonly offsetAfterMs: DurationMs
  /** The first wall-clock time that comes twice. */
  readonly wallFrom: WallTime
}

/** What a scheduler does with slots that a clock change repeats or skips. */
export interface ClockChangeRule {
  /** Which of two equal wall-clock times have the slot. */
  readonly repeated: (repetition: Repetition) => 'both' | 'first' | 'second'
  /**
   * What happens to the slots of a skipped hour. `moved-to-change`: they run once, as soon as the clock has changed.
   * `moved-to-next-hour`: the hour in which the clock continues counts as named, once.
   */
  readonly skipped: 'dropped' | 'moved-to-change' | 'moved-to-next-hour'
}

const DAY_MS = 86_400_000
const EVERY_TIME: ClockChangeRule = { repeated: () => 'both', skipped: 'dropped' }
const FIXED_TIME: ClockChangeRule = { repeated: () => 'first', skipped: 'moved-to-change' }

/** How dialects treat a clock change, where they go by the wall clock. The package cron does not: see `next-of-cron.ts`. */
export const CLOCK_CHANGE_RULES: Readonly<
  Record<Exclude<ScheduleDialect, 'cron'>, (fields: CronFields) => ClockChangeRule>
> = {
  croner: ({ isFixedTime }) => (isFixedTime ? FIXED_TIME : EVERY_TIME),
  vixie: ({ isFixedTime }) => (isFixedTime ? FIXED_TIME : EVERY_TIME),
  'cron-parser': (fields) => (fields.isFixedTime ? cronParserRule(fields) : EVERY_TIME),
  // It takes the wall-clock time for UTC to look up the offset: east of Greenwich that is after the change, west before it.
  'node-cron': () => ({
    repeated: ({ offsetAfterMs }) => (offsetAfterMs >= 0 ? 'second' : 'first'),
    skipped: 'dropped',
  }),
  // It reads schedules in UTC.
  'graphile-worker': () => EVERY_TIME,
  // Twice a minute it asks whether the minute before has a slot.
  'pg-boss': () => EVERY_TIME,
}

function cronParserRule(fields: CronFields): ClockChangeRule {
  return {
    // It steps from hour to hour and leaves out one that it has just seen. Where midnight comes twice and the day before had
    // slots, but none in its last hour, it steps a whole day, past the change and back to the second midnight.
    repeated: ({ wallFrom }) =>
      wallFrom % DAY_MS === 0 && fields.hours.at(-1) !== 23 && hasSlotsOn(fields, wallFrom - DAY_MS)
        ? 'second'
        : 'first',
    skipped: 'moved-to-next-hour',
  }
}

function hasSlotsOn(fields: CronFields, wall: WallTime): boolean {
  const date = new Date(wall)
  return occursOn(fields, {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  })
}
