import { isPromise } from 'node:util/types'
import type { WatchedJob, WorkerLike } from './bullmq-binding.ts'
import type { WorkerRuns } from './worker-runs.ts'

type Processor = (this: unknown, job: WatchedJob, ...rest: readonly unknown[]) => unknown

/** Errors with which a processor hands its job back, by their names; BullMQ emits no event for them. */
const HANDS_BACK: ReadonlySet<unknown> = new Set([
  'DelayedError',
  'WaitingError',
  'WaitingChildrenError',
  'RateLimitError',
])
const RATE_LIMITED = 'bullmq:rateLimitExceeded'

/**
 * Has the worker call its processor inside the run of the job: events come too early for that, in another asynchronous context.
 *
 * `processFn` is where a worker keeps the function it was given, in BullMQ 5 and 6. A worker without it is left alone.
 *
 * @returns a function that puts the processor back.
 */
export function callInsideRuns(worker: WorkerLike, runs: WorkerRuns): () => void {
  const holder = worker as { processFn?: unknown }
  const original = holder.processFn
  if (typeof original !== 'function') return () => {}
  const inside: Processor = function (job, ...rest) {
    const result = runs.call(job, () => (original as Processor).call(this, job, ...rest))
    // A thenable that starts its work when it is asked is left to BullMQ.
    if (isPromise(result)) {
      result.catch((error: unknown) => {
        if (handsBack(error)) runs.handedBack(job)
      })
    }
    return result
  }
  Object.defineProperty(inside, 'length', { value: original.length, configurable: true })
  holder.processFn = inside
  return () => {
    if (holder.processFn === inside) holder.processFn = original
  }
}

function handsBack(error: unknown): boolean {
  const { name, message } = (error ?? {}) as { readonly name?: unknown; readonly message?: unknown }
  return HANDS_BACK.has(name) || message === RATE_LIMITED
}
