/**
 * The scheduler whose reading of a cron expression counts. They differ in what they accept, in how a day of the month and a
 * day of the week combine, and in what happens when clocks change.
 */
export type ScheduleDialect =
  'croner' | 'node-cron' | 'cron-parser' | 'cron' | 'vixie' | 'graphile-worker' | 'pg-boss'

/** Every dialect, the default first. */
export const SCHEDULE_DIALECTS: readonly ScheduleDialect[] = [
  'croner',
  'node-cron',
  'cron-parser',
  'cron',
  'vixie',
  'graphile-worker',
  'pg-boss',
]

/** The dialect of a definition that names none. */
export const DEFAULT_SCHEDULE_DIALECT: ScheduleDialect = 'croner'
