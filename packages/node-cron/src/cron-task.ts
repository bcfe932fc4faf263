/** What we rely on of a node-cron task, whether it runs a function or a file: its events. */
export interface CronTaskLike {
  readonly id: string
  on(event: never, listener: never): unknown
  off(event: never, listener: never): unknown
  execute(): Promise<unknown>
}

/** What comes with an event. Across the process of a file task dates become texts, and errors lose their class. */
export interface EventContext {
  /** The instant that the event is about: for a run, when it was due. */
  readonly date?: Date | string | undefined
  readonly execution?: EventExecution | undefined
  readonly reason?: unknown
  readonly error?: unknown
}

export interface EventExecution {
  readonly id: string
  readonly reason?: unknown
  readonly error?: unknown
  readonly result?: unknown
}
