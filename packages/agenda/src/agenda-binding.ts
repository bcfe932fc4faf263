/** What we rely on of an Agenda job. */
export interface AgendaJobLike {
  readonly attrs: {
    readonly _id?: unknown
    readonly name: string
    /** A cron expression, a span in words, or milliseconds; set for a job that comes again. */
    readonly repeatInterval?: string | number | undefined
    readonly repeatTimezone?: string | undefined
    /** A time of day, as in `'3:30am'`. */
    readonly repeatAt?: string | undefined
    /** Failures since the last success. */
    readonly failCount?: number | undefined
    readonly data?: unknown
  }
}

/** What we rely on of an `Agenda`: its events, and what is defined in it. */
export interface AgendaLike {
  readonly definitions: Readonly<Record<string, { readonly backoff?: unknown }>>
  on(event: never, listener: never): unknown
  off(event: never, listener: never): unknown
  every(...parameters: never[]): unknown
}

/** What the job of a running Agenda has besides. */
export interface RunningJob extends AgendaJobLike {
  /** Why Agenda has given it up while it runs: its lock has expired. */
  getCanceledMessage?(): unknown
  /** There from the fork of a job's process until its run is over. */
  readonly forkedChild?: { readonly signalCode?: string | null } | undefined
}

/** What an event of another instance brings in place of a job. */
export interface RemoteJob {
  readonly jobId?: unknown
}
