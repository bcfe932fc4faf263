import { sharedState } from '../jobs/shared-state.ts'
import type { Monitors } from './monitors.ts'

/** The workers of an application that have `@MonitorWorker`. */
export interface WatchedWorkers {
  /** Closes them, as Nest does, and resolves when their jobs have ended. Never rejects. */
  closed(): Promise<void>
}

interface WorkerLike {
  close(): Promise<unknown>
}

/** Watches the worker of each processor that has `@MonitorWorker`. Never throws: the worker runs without pings then. */
export function watchWorkers(
  instances: readonly object[],
  monitors: Pick<Monitors, 'pingerFor' | 'problem'>,
  warn: (message: string) => void,
): WatchedWorkers {
  const workers = new Set<WorkerLike>()
  for (const instance of new Set(instances)) {
    const { constructor } = instance
    const watch = typeof constructor === 'function' ? sharedState().workers.get(constructor) : undefined
    if (watch === undefined) continue
    const name = `@MonitorWorker on ${constructor.name}`
    const pingerFor = (ref: unknown): ReturnType<Monitors['pingerFor']> => {
      const problem = monitors.problem(ref)
      if (problem !== undefined) warn(`${name} ${problem}`)
      return monitors.pingerFor(ref)
    }
    try {
      const worker: unknown = Reflect.get(instance, 'worker')
      watch(worker, rememberingEach(pingerFor))
      workers.add(worker as WorkerLike)
    } catch (error) {
      warn(
        `${name} found no worker to watch: ${error instanceof Error ? error.message : String(error)} Its jobs run without pings.`,
      )
    }
  }
  return {
    closed: async () => {
      await Promise.allSettled([...workers].map(async (worker) => worker.close()))
    },
  }
}

/** Each reference is looked at once: a function that chooses is asked for every job. */
function rememberingEach<Answer>(ask: (ref: unknown) => Answer): (ref: unknown) => Answer {
  const answers = new Map<unknown, Answer>()
  return (ref) => {
    if (!answers.has(ref)) answers.set(ref, ask(ref))
    return answers.get(ref) as Answer
  }
}
