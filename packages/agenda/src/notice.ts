/** What an Agenda knows of its jobs, and no ping tells. Under `kind` it says what it is; a new version may bring new ones. */
export type AgendaNotice =
  /**
   * A run took longer than its `lockLifetime` without `touch()`. Agenda has given it up, though its function goes on, and another
   * instance may begin the job again at once.
   */
  | {
      readonly kind: 'lock-lost'
      readonly jobName: string
      readonly jobId: string
      readonly error: unknown
    }
  /** A monitor is meant for a job that is not defined here, and one with a similar name is. */
  | { readonly kind: 'unknown-job'; readonly jobName: string; readonly nearest: string }
