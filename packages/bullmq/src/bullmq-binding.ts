/** What we rely on of a BullMQ job, in versions 5 and 6. */
export interface WatchedJob {
  readonly id?: string | undefined
  readonly name: string
  /** The id of the job scheduler that made it. */
  readonly repeatJobKey?: string | undefined
  /** Attempts that have ended in a result or an error. */
  readonly attemptsMade: number
  /** How often it has become active. */
  readonly attemptsStarted: number
  readonly stalledCounter: number
  readonly processedOn?: number | undefined
  /** There only once the job has completed, or failed for good. */
  readonly finishedOn?: number | undefined
  readonly failedReason?: string | undefined
  readonly opts: {
    readonly attempts?: number | undefined
    /** What the queue's telemetry noted when the job was added; its form is the telemetry's own. */
    readonly telemetry?: { readonly metadata?: string | undefined } | undefined
  }
}

/** What we rely on of a BullMQ `Worker`: its events. `processJob` tells it from a `Queue`, and has the type of its jobs. */
export interface WorkerLike {
  readonly name: string
  on(event: never, listener: never): unknown
  off(event: never, listener: never): unknown
  processJob(job: never, ...rest: never[]): unknown
}

/** The job that a worker processes, with its types of data, result and name. */
export type JobOf<Worker extends WorkerLike> = Parameters<Worker['processJob']>[0]

/** What the processor of a worker resolves with. */
export type ResultOf<Worker extends WorkerLike> =
  JobOf<Worker> extends { returnvalue: infer Result } ? Result : unknown

/** What we rely on of a BullMQ `Queue`: the list of its job schedulers. */
export interface QueueLike {
  readonly name: string
  getJobSchedulers(): Promise<readonly SchedulerLike[]>
}

/** What we rely on of a job scheduler, as `queue.getJobScheduler(id)` gives it. */
export interface SchedulerLike {
  /** Its id. */
  readonly key: string
  readonly pattern?: string | undefined
  readonly tz?: string | undefined
  /** Milliseconds. */
  readonly every?: number | undefined
  /** When it fires next, in milliseconds since 1970. */
  readonly next?: number | undefined
}

/** The events that we listen to, and what comes with them. */
export interface WorkerEvents {
  readonly active: (job: WatchedJob) => void
  readonly completed: (job: WatchedJob, result: unknown) => void
  readonly failed: (job: WatchedJob | undefined, error: unknown) => void
  readonly stalled: (jobId: string) => void
  readonly lockRenewalFailed: (jobIds: readonly string[]) => void
  readonly closed: () => void
}
