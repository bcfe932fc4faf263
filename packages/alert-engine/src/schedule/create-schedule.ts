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
    nextAfter:
      dialect === 'cron'
        ? nextOfCron(fields, zone)
        : nextByWallClock(fields, zone, CLOCK_CHANGE_RULES[dialect](fields)),
  }
}
