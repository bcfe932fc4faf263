import type { SchedulerLike } from './bullmq-binding.ts'

/** The fields of a monitor's definition that a job scheduler determines. */
export type SchedulerSchedule =
  | {
      readonly schedule: string
      readonly timezone: string
      readonly scheduleDialect: 'cron-parser'
    }
  | { readonly everySeconds: number }

/**
 * When the jobs of a job scheduler are due, as fields for a monitor's definition, so that both say the same.
 *
 * BullMQ reads a pattern without `tz` in the time zone of the machine that adds it: here that is `UTC`, and the machine should
 * run in it. An `every` scheduler is a heartbeat.
 *
 * @param scheduler  What `queue.getJobScheduler(id)` resolves with.
 * @throws {TypeError} for a scheduler that does not exist, or has neither `pattern` nor `every`.
 * @example
 * import { scheduleOf } from '@crontify/bullmq'
 * import { defineMonitor } from '@crontify/sdk'
 *
 * const scheduler = { key: 'nightly-report', pattern: '0 2 * * *', tz: 'Europe/Berlin' } // await queue.getJobScheduler(…)
 * const definition = defineMonitor({ id: 'nightly-report', ...scheduleOf(scheduler) })
 */
export function scheduleOf(scheduler: SchedulerLike | null | undefined): SchedulerSchedule {
  const { pattern, tz, every } = scheduler ?? {}
  if (typeof pattern === 'string')
    return { schedule: pattern, timezone: tz ?? 'UTC', scheduleDialect: 'cron-parser' }
  if (typeof every === 'number' && every > 0) return { everySeconds: every / 1_000 }
  throw new TypeError(
    scheduler === undefined || scheduler === null
      ? 'scheduleOf was given no job scheduler: is its id the one of queue.upsertJobScheduler?'
      : `the job scheduler "${scheduler.key}" has neither "pattern" nor "every"`,
  )
}
