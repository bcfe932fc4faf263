/** Any listener of an event emitter. */
export type Listener = (...parameters: never[]) => void

/** What emits events. */
export interface Emitter {
  on(event: never, listener: never): unknown
  off(event: never, listener: never): unknown
}

/**
 * Listens to an emitter until the returned function is called. No listener ever throws into the scheduler, where it would pass over
 * other listeners, change what becomes of a job, or end the process.
 */
export function listen(emitter: Emitter, listeners: object): () => void {
  const target = emitter as unknown as Record<'on' | 'off', (event: string, listener: Listener) => unknown>
  const guarded = Object.entries(listeners as Readonly<Record<string, Listener>>).map(
    ([event, listener]) => [event, quiet(listener)] as const,
  )
  for (const [event, listener] of guarded) target.on(event, listener)
  return () => {
    for (const [event, listener] of guarded) target.off(event, listener)
  }
}

function quiet(listener: Listener): Listener {
  return (...parameters) => {
    try {
      listener(...parameters)
    } catch {
      // A job of another shape than we know: watching must not disturb it.
    }
  }
}
