/** What is read of a job of Graphile Worker. */
export interface JobWithAttempts {
  readonly id: string
  /** The name of its task. */
  readonly task_identifier: string
  /** How often the job was tried, with this attempt. */
  readonly attempts: number
  /** How often it may be tried. */
  readonly max_attempts: number
}

/** What is read of the second parameter of a task. */
export interface HelpersWithJob {
  readonly job: JobWithAttempts
}
