import { monitored, type Meta, type Pinger } from '@crontify/sdk/adapter'

/** What we rely on of the `Cron` that Croner hands to its jobs. */
interface CronLike {
  nextRun(): Date | null
}

/** How {@link monitorCron} reads the runs of a job. */
export interface MonitorCronOptions<Result> {
  /** Makes the success ping's metadata from the job's result. @default the finite numbers of a plain object */
  readonly meta?: false | ((result: Awaited<Result>) => Meta | undefined) | undefined
}

/**
 * The function to hand to Croner instead of the job: the same job, with pings around each run.
 *
 * @throws {TypeError} if `job` is not a function. Nothing else is ever thrown.
 */
export function monitorCron<Result>(
  monitor: Pinger,
  job: (self: CronLike, context: unknown) => Result,
  options: MonitorCronOptions<Result> = {},
): (self: CronLike, context: unknown) => Result {
  if (typeof job !== 'function') {
    throw new TypeError(`monitorCron takes the job as a function; this is a ${typeof job}`)
  }
  return monitored(monitor, job, { meta: options.meta })
}
