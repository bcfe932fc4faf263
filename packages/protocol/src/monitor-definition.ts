import type { Rule } from './rules.ts'

/** How much a job matters: 1 data integrity and money, 2 users see it, 3 maintenance, 4 best effort. */
export type Tier = 1 | 2 | 3 | 4

/**
 * A monitor as plain data: what the service's form asks for [D MON, DASH], under names of our own [I].
 *
 * The service has no documented API for monitors, so nothing sends this: the local Crontify and the checks read it.
 */
export interface MonitorDefinition {
  /** The id in the ping's path: 1 to 128 letters, digits, `_` and `-`. */
  readonly id: string
  /** For people. @default the id */
  readonly name?: string
  /** A cron expression of 5 or 6 fields, or a nickname such as `@daily`. Not together with `everySeconds`. */
  readonly schedule?: string
  /** For a heartbeat: seconds from one ping to the next, above 0. Not together with `schedule`. */
  readonly everySeconds?: number
  /** IANA time zone in which `schedule` is read. @default 'UTC' [D MON] */
  readonly timezone?: string
  /** Seconds of silence tolerated past the expected instant, 0 or more. @default 300 [D MON] */
  readonly graceSeconds?: number
  /** Seconds after which an open run is hung, above 0. @default twice the grace period [D RUNS] */
  readonly maxDurationSeconds?: number
  /** Alert rules on a successful run's metadata, at most 5. [D RULES] */
  readonly rules?: readonly Rule[]
  /** Whether an alert tells that a failing monitor works again. @default true [I] */
  readonly recovery?: boolean
  /** Ids of the channels that get this monitor's alerts. */
  readonly channels?: readonly string[]
  readonly tags?: readonly string[]
  readonly tier?: Tier
  /** Where the person who is woken finds what to do: a URL. */
  readonly runbook?: string
}
