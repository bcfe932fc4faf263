/** What node-cron knows of a task, and no ping tells. Under `kind` it says what it is; a new version may bring new ones. */
export type TaskNotice =
  /**
   * A tick came while the run before it was under way. With `noOverlap` the tick was skipped and sends no ping; without it
   * a second run has begun.
   */
  | { readonly kind: 'overlap'; readonly at: Date }
  /** This program was too busy at this instant, and the run that was due was not made. */
  | { readonly kind: 'missed'; readonly at: Date }
  /** The run coordinator gave this tick to another replica. */
  | { readonly kind: 'not-elected'; readonly at: Date }
  /** The run coordinator could not be asked; nobody may have run. */
  | { readonly kind: 'coordinator-error'; readonly at: Date }
  /** `maxExecutions` is reached and the task is gone: its monitor should be paused, or it will be missed. */
  | { readonly kind: 'max-reached'; readonly at: Date }
  /** The process of a file task has died, and node-cron does not start it again: the task will not run any more. */
  | { readonly kind: 'process-lost'; readonly at: Date; readonly error: unknown }
