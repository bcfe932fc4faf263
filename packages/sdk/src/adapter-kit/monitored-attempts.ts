import { imitate } from '../imitate.ts'
import { emitWarning } from '../host.ts'
import { handOn } from '../run/layers/hand-on.ts'
import type { AnyFunction } from '../run/layers/monitored.ts'
import type { Pinger } from '../run/layers/pinger.ts'
import { createRunTracker } from '../run/layers/run-tracker.ts'

/** Which attempt of which job a call is. */
export interface JobAttempt {
  /** The job's id in its queue: all its attempts are one run. For a batch, the id of its first job. */
  readonly key: unknown
  /** Whether it is the job's first attempt. */
  readonly first: boolean
  /** Whether a failure is final. */
  readonly last: boolean
}

/**
 * A handler of a queue that retries: the same handler, with one run for each job and not for each attempt.
 *
 * The first attempt sends the start, a success at any attempt sends the success, and only the last attempt's failure sends `fail`.
 * Another process may take the next attempt. The handler keeps its `this`, arguments, `length`, `name`, result and error, and waits for no
 * ping. `currentRun()` of `@crontify/sdk/context` finds the run. A worker that is lost sends nothing; the queue gives the job to another one.
 *
 * @param attemptOf  Reads the queue's own count of attempts. If it throws, the call is a run of its own, with a warning.
 * @throws {TypeError} if `handler` or `attemptOf` is not a function.
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { monitoredAttempts } from '@crontify/sdk/adapter'
 *
 * interface Job {
 *   readonly id: string
 *   readonly retries: number
 * }
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'mail-worker' })
 * const send = monitoredAttempts(
 *   monitor,
 *   async (job: Job) => ({ mails_sent: job.id.length }),
 *   ({ id, retries }) => ({ key: id, first: retries === 0, last: retries === 2 }),
 * )
 * await send({ id: 'a', retries: 0 })
 */
export function monitoredAttempts<Handler extends AnyFunction>(
  monitor: Pinger,
  handler: Handler,
  attemptOf: (...parameters: Parameters<Handler>) => JobAttempt,
): Handler {
  if (typeof handler !== 'function') throw new TypeError('monitoredAttempts takes the handler as a function')
  if (typeof attemptOf !== 'function')
    throw new TypeError('monitoredAttempts takes a function that tells which attempt of which job a call is')
  const tracker = createRunTracker(monitor, { kind: 'queued' })
  let hasWarned = false
  const read = (parameters: Parameters<Handler>): JobAttempt => {
    try {
      const { key, first, last } = attemptOf(...parameters)
      if (key !== undefined) return { key, first, last }
    } catch {
      // The warning below says it.
    }
    if (!hasWarned) {
      emitWarning('monitoredAttempts: the attempt of a job cannot be read, so each call is a run of its own')
    }
    hasWarned = true
    return { key: Symbol('job'), first: true, last: true }
  }
  const call = handler as unknown as (this: unknown, ...parameters: Parameters<Handler>) => unknown
  const watched = function (this: unknown, ...parameters: Parameters<Handler>): unknown {
    const { key, first, last } = read(parameters)
    if (first) tracker.open(key)
    else tracker.adopt(key)
    return handOn(
      () => tracker.call(key, () => call.apply(this, parameters)),
      (result) => tracker.complete(key, result),
      (error) => (last ? tracker.fail(key, error) : tracker.rest(key)),
    )
  }
  return imitate(handler, watched) as unknown as Handler
}
