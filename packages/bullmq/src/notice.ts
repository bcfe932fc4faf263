/** What a worker knows of its jobs, and no ping tells. Under `kind` it says what it is; a new version may bring new ones. */
export type WorkerNotice =
  /**
   * A job was active and its worker no longer renews the lock on it: killed, blocked, or cut off from the store. The job waits
   * for another worker. One worker of all hears of it: the one that looked.
   */
  | {
      readonly kind: 'stalled'
      readonly jobId: string
      /** The job scheduler that made the job, if one did. */
      readonly schedulerId: string | undefined
    }
  /**
   * This worker could not renew the lock on these jobs. They may be running a second time elsewhere by now, and what this
   * worker makes of them will not be taken.
   */
  | { readonly kind: 'lock-lost'; readonly jobIds: readonly string[] }
  /**
   * `worker.close(true)` has given up these jobs while they were running. Nothing is sent for them: their runs stay open until
   * another worker takes the jobs up and ends them.
   */
  | { readonly kind: 'closed-mid-job'; readonly jobIds: readonly string[] }

/** What a queue knows of its job schedulers, and no ping tells. */
export type SchedulerNotice =
  /** The next job of this scheduler should have become active by now: there is no worker, or none that is free. */
  | {
      readonly kind: 'overdue'
      readonly schedulerId: string
      readonly expectedAt: Date
      /** Milliseconds. */
      readonly lateByMs: number
    }
  /** A monitor is meant for a scheduler that the queue does not have. */
  | {
      readonly kind: 'unknown-scheduler'
      readonly schedulerId: string
      /** The id that was probably meant. */
      readonly nearest: string | undefined
    }
  /** The queue could not be asked. Told once, until it can be asked again. */
  | { readonly kind: 'unreadable'; readonly error: unknown }
