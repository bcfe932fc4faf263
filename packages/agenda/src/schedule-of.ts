import { nameOf } from '@crontify/sdk/adapter'
import type { AgendaJobLike } from './agenda-binding.ts'

/** The fields of a monitor's definition that a recurring job determines. */
export type JobSchedule =
  | {
      readonly schedule: string
      readonly timezone: string
      readonly scheduleDialect: 'cron-parser'
    }
  | { readonly everySeconds: number }

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
}
const SPAN = /^\s*(\d+(?:\.\d+)?)\s*(second|minute|hour|day|week)s?\s*$/i
/** Five or six fields that begin with a digit, `*` or `?`: words are a span. */
const CRON_FIELDS = /^\s*(?:@\w+|[\d*?]\S*(?:\s+\S+){4,5})\s*$/

/**
 * When a recurring job is due, as fields for a monitor's definition, so that both say the same.
 *
 * Cron expressions, milliseconds, and spans such as `'1 hour'` and `'90 seconds'` are read; other words that Agenda knows, and
 * `repeatAt`, are not. A cron expression without `timezone` counts as `UTC`: Agenda reads it in the time zone of the machine.
 *
 * @param job  What `agenda.every` resolves with.
 * @throws {TypeError} for a job that does not recur, or whose interval is put in other words.
 * @example
 * import { scheduleOf } from '@crontify/agenda'
 * import { defineMonitor } from '@crontify/sdk'
 *
 * const job = { attrs: { name: 'nightly-report', repeatInterval: '0 2 * * *' } } // await agenda.every('0 2 * * *', …)
 * const definition = defineMonitor({ id: 'nightly-report', ...scheduleOf(job) })
 */
export function scheduleOf(job: AgendaJobLike): JobSchedule {
  const attrs = (job as Partial<AgendaJobLike> | null | undefined)?.attrs
  if (typeof attrs !== 'object') {
    throw new TypeError(
      `scheduleOf takes a job of Agenda, what agenda.every resolves with, got ${nameOf(job)}`,
    )
  }
  const { name, repeatInterval, repeatTimezone } = attrs
  if (typeof repeatInterval === 'number' && repeatInterval > 0)
    return { everySeconds: repeatInterval / 1_000 }
  if (typeof repeatInterval === 'string') {
    const [, count, unit = ''] = SPAN.exec(repeatInterval) ?? []
    if (count !== undefined)
      return { everySeconds: Number(count) * (SECONDS[unit.toLowerCase()] ?? Number.NaN) }
    // A store gives numbers back as texts.
    if (/^\d+$/.test(repeatInterval)) return { everySeconds: Number(repeatInterval) / 1_000 }
    if (CRON_FIELDS.test(repeatInterval)) {
      return {
        schedule: repeatInterval.trim(),
        timezone: repeatTimezone ?? 'UTC',
        scheduleDialect: 'cron-parser',
      }
    }
  }
  throw new TypeError(
    `the job "${name}" has no interval that scheduleOf can read: ${JSON.stringify(repeatInterval ?? null)}; it reads cron expressions, milliseconds, and spans such as "1 hour"`,
  )
}
