import { nameOf } from '@crontify/sdk/adapter'

/** What is used of a cron job of Nest's `SchedulerRegistry`: a `CronJob` of the package `cron`. */
export interface CronJobLike {
  readonly cronTime: {
    readonly source: unknown
    readonly timeZone?: string | undefined
    readonly utcOffset?: number | undefined
  }
}

/** The fields of a monitor's definition that a cron job decides. */
export interface CronSchedule {
  readonly schedule: string
  readonly timezone: string
  readonly scheduleDialect: 'cron'
}

/**
 * The schedule of a cron job, for `defineMonitor`, so that the definition and the job agree.
 *
 * A job without a time zone runs in that of this process, and so says the schedule: give `@Cron` a `timeZone` if laptops and servers
 * differ. A `utcOffset` of whole hours becomes a zone such as `Etc/GMT-2`, which is two hours ahead of UTC.
 *
 * @throws {TypeError} for something else than a cron job, for one that runs once at a date, and for a `utcOffset` for which there is
 * no time zone.
 * @example
 * import { defineMonitor } from '@crontify/sdk'
 * import { scheduleOf } from '@crontify/nestjs'
 * import { SchedulerRegistry } from '@nestjs/schedule'
 *
 * export const definitionOf = (registry: SchedulerRegistry) =>
 *   defineMonitor({ id: 'nightly-report', ...scheduleOf(registry.getCronJob('nightly-report')) })
 */
export function scheduleOf(job: CronJobLike): CronSchedule {
  const time = (job as Partial<CronJobLike> | null | undefined)?.cronTime
  if (typeof time !== 'object' || time === null) {
    throw new TypeError(
      `scheduleOf takes a cron job, such as schedulerRegistry.getCronJob(name), got ${nameOf(job)}`,
    )
  }
  return scheduleFrom({ cronTime: time.source, timeZone: time.timeZone, utcOffset: time.utcOffset })
}

/** The same from the options of `@Cron`. @throws {TypeError} as {@link scheduleOf}. */
export function scheduleFrom(options: {
  readonly cronTime: unknown
  readonly timeZone: string | undefined
  readonly utcOffset: unknown
}): CronSchedule {
  if (typeof options.cronTime !== 'string') {
    throw new TypeError(
      `scheduleOf takes a cron job with a cron expression, got one that runs once, at ${String(options.cronTime)}`,
    )
  }
  const offset = options.utcOffset ?? undefined
  const timezone =
    offset === undefined
      ? (options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)
      : zoneOfOffset(offset)
  return { schedule: options.cronTime, timezone, scheduleDialect: 'cron' }
}

/** @param offset  Minutes ahead of UTC, as `cron` takes them. */
function zoneOfOffset(offset: unknown): string {
  const hours = Number(offset) / 60
  if (hours === 0) return 'Etc/UTC'
  if (!Number.isInteger(hours) || hours > 14 || hours < -12) {
    throw new TypeError(
      `utcOffset must be whole hours from -720 to 840 (minutes) to have a time zone, got ${String(offset)}. Use timeZone instead.`,
    )
  }
  // The sign of these zones is that of POSIX.
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}
