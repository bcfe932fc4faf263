import type { ProposedDefinition } from '../config/definitions-text.ts'

/** Systems that run jobs on a schedule. */
export type JobSource =
  | 'crontab'
  | 'systemd timer'
  | 'Kubernetes CronJob'
  | 'GitHub Actions'
  | 'Vercel cron'
  | 'Cloudflare cron trigger'

/** When a job runs, as fields of a definition. Empty if it is due at no time, as at boot. */
export interface JobSchedule {
  readonly schedule?: string
  readonly scheduleDialect?: string
  readonly everySeconds?: number
  readonly timezone?: string
  readonly graceSeconds?: number
}

/** A scheduled job, as one source finds it. */
export interface FoundJob {
  readonly source: JobSource
  readonly file: string
  /** From 1. */
  readonly line: number
  /** What it is called there, for an id. */
  readonly name: string
  /** The schedule as it is written there. */
  readonly written: string
  readonly schedule: JobSchedule
  /** What it runs, for people. */
  readonly runs: string
  /** Id of the monitor that the job pings by what can be seen; `true` if it pings one whose id cannot be seen. */
  readonly pings: string | true | undefined
  /** The lines that would monitor it, for a monitor id. */
  readonly monitoredBy: (id: string) => readonly string[]
}

/** A file that could not be read. */
export interface DiscoverProblem {
  readonly file: string
  readonly line: number | undefined
  readonly message: string
}

/** What a source found in one file. */
export interface Findings {
  readonly jobs: readonly FoundJob[]
  readonly problems: readonly DiscoverProblem[]
}

/** A job with its monitor, or with the one that would be needed. */
export interface DiscoveredJob extends FoundJob {
  readonly id: string
  /** Why it counts as monitored; `undefined` if it does not. */
  readonly covered: string | undefined
  readonly definition: ProposedDefinition
  /** What is wrong with its schedule. */
  readonly scheduleProblem: string | undefined
}
