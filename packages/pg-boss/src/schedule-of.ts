/** What is read of a schedule of pg-boss. */
export interface ScheduleLike {
  /** The queue that gets the jobs. */
  readonly name: string
  readonly cron: string
  /** The time zone as stored. */
  readonly timezone?: string | undefined
  readonly options?: { readonly tz?: string | undefined } | null | undefined
  /** How pg-boss 12 reads `cron`: `'cron'`, or `'rrule'` for a recurrence rule. */
  readonly kind?: string | undefined
}

/** The fields of a monitor's definition that a schedule of pg-boss determines. */
export interface QueueSchedule {
  readonly schedule: string
  readonly timezone: string
  readonly scheduleDialect: 'pg-boss'
}

/** Minute, hour, day of month, month, day of week; pg-boss reads a field of seconds before them. */
const FIELDS = 5

/**
 * When the jobs of a schedule are due, as fields for a monitor's definition, so that both say the same.
 *
 * pg-boss reads a schedule without `tz` in UTC, and sends at most one job a minute: of an expression with seconds, only the minutes count.
 *
 * @param schedule  One of `await boss.getSchedules()`, or what `boss.schedule` was given.
 * @throws {TypeError} for a schedule that does not exist, or is a recurrence rule (RRULE), which a definition cannot hold.
 * @example
 * import { scheduleOf } from '@crontify/pg-boss'
 * import { defineMonitor } from '@crontify/sdk'
 *
 * const schedule = { name: 'nightly-report', cron: '0 2 * * *', timezone: 'Europe/Berlin' } // one of await boss.getSchedules()
 * const definition = defineMonitor({ id: schedule.name, ...scheduleOf(schedule) })
 */
export function scheduleOf(schedule: ScheduleLike | null | undefined): QueueSchedule {
  if (typeof schedule?.cron !== 'string') {
    throw new TypeError(
      'scheduleOf takes a schedule of pg-boss, one of await boss.getSchedules(); there is none with that name',
    )
  }
  if (schedule.kind === 'rrule') {
    throw new TypeError(
      `the schedule of "${schedule.name}" is a recurrence rule (RRULE), which a definition cannot hold; give the definition a cron expression or everySeconds`,
    )
  }
  const fields = schedule.cron.trim().split(/\s+/)
  return {
    schedule: fields.length > FIELDS ? fields.slice(-FIELDS).join(' ') : schedule.cron,
    timezone: schedule.timezone ?? schedule.options?.tz ?? 'UTC',
    scheduleDialect: 'pg-boss',
  }
}
