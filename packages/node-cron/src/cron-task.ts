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

type Listener = (context: EventContext | undefined) => void

/** Listens to a task until the returned function is called. No listener ever throws into node-cron. */
export function listen(task: CronTaskLike, listeners: Readonly<Record<string, Listener>>): () => void {
  const emitter = task as unknown as Record<'on' | 'off', (event: string, listener: Listener) => unknown>
  const guarded = Object.entries(listeners).map(([event, listener]) => [event, quiet(listener)] as const)
  for (const [event, listener] of guarded) emitter.on(event, listener)
  return () => {
    for (const [event, listener] of guarded) emitter.off(event, listener)
  }
}

/** The events of a file task come from a bare `EventEmitter`, where an error would end the process. */
function quiet(listener: Listener): Listener {
  return (context) => {
    try {
      listener(context)
    } catch {
      // A context of another shape than we know: the task must not suffer.
    }
  }
}
