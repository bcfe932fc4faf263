import { readSchedule, type ScheduleDialect } from '@crontify/protocol'
import type { Instant } from '../clock.ts'
import { CLOCK_CHANGE_RULES } from './clock-change-rule.ts'
import { nextByWallClock } from './next-by-wall-clock.ts'
import { nextOfCron } from './next-of-cron.ts'
import { createZoneOffsets, type ZoneOffsets } from './zone-offsets.ts'

/** When a schedule expects a run. */
export interface Schedule {
  /** The first slot strictly after an instant; `null` where there is none within fifty years. */
  nextAfter(instant: Instant): Instant | null
}

/** What {@link createSchedule} reads: the fields of a monitor's definition. */
export interface ScheduleSource {
  readonly schedule: string
  readonly dialect: ScheduleDialect
  /** An IANA time zone that exists. graphile-worker ignores it and uses UTC. */
  readonly timezone: string
}

/**
 * Works out when a scheduler starts a job: its slots equal those of the library, also when clocks change.
 *
 * @param offsetsOf  Where a zone's clock changes are known already.
 * @throws {RangeError} when the schedule cannot be read or never occurs; `definitionProblems` finds that first.
 */
export function createSchedule(
  { schedule, dialect, timezone }: ScheduleSource,
  offsetsOf: (timezone: string) => ZoneOffsets = createZoneOffsets,
): Schedule {
  const { fields, problem } = readSchedule(schedule, dialect)
  if (fields === undefined) throw new RangeError(`"schedule" must be ${problem}`)
  const zone = offsetsOf(dialect === 'graphile-worker' ? 'UTC' : timezone)
  return {
    nextAfter: remembering(
      dialect === 'cron'
        ? nextOfCron(fields, zone)
        : nextByWallClock(fields, zone, CLOCK_CHANGE_RULES[dialect](fields)),
    ),
  }
}

/** Pings come between the same two slots again and again: the last two answers hold for every instant before them. */
function remembering(nextAfter: Schedule['nextAfter']): Schedule['nextAfter'] {
  let last: Answer = { from: 0, to: 0 }
  let older = last
  return (instant) => {
    if (instant >= last.from && instant < last.to) return last.to
    if (instant >= older.from && instant < older.to) return older.to
    const to = nextAfter(instant)
    if (to === null) return null
    older = last
    last = { from: instant, to }
    return to
  }
}

/** The first slot after any instant from `from` on and before `to` is `to`. */
interface Answer {
  readonly from: Instant
  readonly to: Instant
}
