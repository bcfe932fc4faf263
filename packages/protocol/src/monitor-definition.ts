import type { Rule } from './rules.ts'
import type { ScheduleDialect } from './schedule/schedule-dialect.ts'

/** How much a job matters: 1 data integrity and money, 2 users see it, 3 maintenance, 4 best effort. */
export type Tier = 1 | 2 | 3 | 4

/** When a finished run counts as slow. The service does compare durations [D PINGS]; its numbers are unknown [?]. */
export interface SlowSettings {
  /** A run is slow when it takes more than this many times the mean: above 1, at most 100. @default 2 [I] */
  readonly factor?: number
  /** Nothing is slow before this many runs were measured: 1 to 1,000, at most `window`. @default 10 [I] */
  readonly afterRuns?: number
  /** The mean is that of this many last successes: 1 to 1,000. @default 30 [I] */
  readonly window?: number
}

/** How many runs may fail before somebody is told, for jobs of which a single run does not matter. Ours. [I] */
export interface FailureRateSettings {
  /** Alerts when more than this share of the window has failed: from 0 to below 1. */
  readonly above: number
  /** The share is that of this many last runs: 1 to 1,000. */
  readonly window: number
  /** Nothing alerts before this many runs have ended: 1 to `window`. @default 10, or `window` where that is less */
  readonly minimumRuns?: number
}

/**
 * A monitor as plain data: what the service's form asks for [D MON, DASH], under names of our own [I].
 *
 * The service has no documented API for monitors, so nothing sends this: the local Crontify and the checks read it.
 */
export interface MonitorDefinition {
  /** The id in the ping's path: 1 to 128 letters, digits, `_` and `-`. */
  readonly id: string
  /** For people, at most 200 characters. @default the id */
  readonly name?: string
  /** A cron expression of 5 or 6 fields, or a nickname such as `@daily`. Not together with `everySeconds`. */
  readonly schedule?: string
  /**
   * The scheduler that runs the job, because schedulers read some expressions differently: which days match, and what happens
   * when clocks change. Runs are expected when that scheduler starts them. `'vixie'` is the cron of a crontab.
   *
   * @default 'croner'
   */
  readonly scheduleDialect?: ScheduleDialect
  /** For a heartbeat: seconds from one ping to the next, above 0, at most 366 days. Not together with `schedule`. */
  readonly everySeconds?: number
  /** IANA time zone in which `schedule` is read. @default 'UTC' [D MON] */
  readonly timezone?: string
  /** Seconds of silence tolerated past the expected instant, from 0 to 366 days. @default 300 [D MON] */
  readonly graceSeconds?: number
  /** Seconds after which an open run is hung, above 0, at most 366 days. @default twice the grace period [D RUNS] */
  readonly maxDurationSeconds?: number
  /** Alert rules on a successful run's metadata, at most 5. [D RULES] */
  readonly rules?: readonly Rule[]
  /** When a run counts as slow; `false` for never, `true` for the defaults. @default true */
  readonly slow?: boolean | SlowSettings
  /** Alerts on the share of failed runs, instead of on each failure. @default each failure alerts [D PINGS] */
  readonly failureRate?: FailureRateSettings
  /**
   * After an alert, seconds in which further ones of the same type are recorded as suppressed and not sent: above 0, at
   * most 366 days. @default every alert is sent [?]
   */
  readonly cooldownSeconds?: number
  /** Whether an alert tells that a failing monitor works again. @default true [I] */
  readonly recovery?: boolean
  /** Ids of the channels that get this monitor's alerts, at most 50. */
  readonly channels?: readonly string[]
  /** Free labels, at most 20 of at most 50 characters. */
  readonly tags?: readonly string[]
  readonly tier?: Tier
  /** Where the person who is woken finds what to do: an http or https URL. */
  readonly runbook?: string
  /** What the job does and what depends on it, for the person who is woken: at most 2,000 characters. */
  readonly description?: string
  /** The team or person who owns the job, at most 200 characters. */
  readonly owner?: string
  /** How to run the job again: a command or an http or https URL, at most 2,000 characters. */
  readonly rerun?: string
}
