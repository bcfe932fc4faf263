import type { Meta } from '@crontify/protocol'
import { imitate } from '../imitate.ts'
import { emitWarning, isPromise } from '../host.ts'
import type { RunAttributes, TraceCarrier } from '../run/life/observation.ts'
import { handOn } from '../run/layers/hand-on.ts'
import type { AnyFunction } from '../run/layers/monitored.ts'
import type { Pinger } from '../run/layers/pinger.ts'
import { warnOfNesting } from '../run/life/run-job.ts'
import { readRunOptions } from '../run/layers/read-run-options.ts'
import { createRunTracker } from '../run/layers/run-tracker.ts'
import { runsOf } from '../run/layers/runs-of.ts'
import { attempt } from './attempt.ts'

/** Which attempt of which job a call is. */
export interface JobAttempt {
  /** The job's id in its queue: all its attempts are one run. For a batch, the id of its first job. */
  readonly key: unknown
  /** Whether it is the job's first attempt. */
  readonly first: boolean
  /** Whether a failure is final. */
  readonly last: boolean
  /** What tracing should know of the run, in the words of OpenTelemetry's semantic conventions. @default none */
  readonly attributes?: RunAttributes | undefined
  /** The trace context that the queue carried, for example in the job's data: the run's span links to it. @default none */
  readonly carrier?: TraceCarrier | undefined
}

/** An attempt that failed although its handler threw nothing. */
export interface FailedAttempt {
  readonly error: unknown
  /** Whether the failure is final. */
  readonly last: boolean
}

/** How {@link monitoredAttempts} reads an attempt, besides its number. An option that throws is as if it were not set. */
export interface AttemptsOptions<Handler extends AnyFunction> {
  /**
   * Makes the success ping's metadata from the handler's result. If it throws, the ping goes without. `false` sends nothing of the
   * result.
   *
   * @default the finite numbers of a plain object; with a schema in the monitor's definition, only its fields
   */
  readonly meta?: false | ((result: Awaited<ReturnType<Handler>>) => Meta | undefined) | undefined
  /**
   * For queues whose handlers report failures in their result: the failure that a result tells of, or `undefined` for a success. The
   * run ends once a promise it gives has settled; one that rejects is a failure as if the handler had thrown.
   *
   * @default every result is a success
   */
  readonly failureOf?:
    | ((
        result: Awaited<ReturnType<Handler>>,
        ...parameters: Parameters<Handler>
      ) => FailedAttempt | undefined | Promise<FailedAttempt | undefined>)
    | undefined
  /**
   * For queues that give an attempt up while its handler still works: called at the begin of an attempt with the function to call
   * then. What the handler does later no longer counts.
   *
   * @returns what stops waiting, once the handler has ended.
   * @default an attempt ends with its handler
   */
  readonly onGiveUp?:
    ((giveUp: (error: unknown) => void, ...parameters: Parameters<Handler>) => () => void) | undefined
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
  options: AttemptsOptions<Handler> = {},
): Handler {
  if (typeof handler !== 'function') throw new TypeError('monitoredAttempts takes the handler as a function')
  if (typeof attemptOf !== 'function')
    throw new TypeError('monitoredAttempts takes a function that tells which attempt of which job a call is')
  const { meta, failureOf, onGiveUp } = readRunOptions('monitoredAttempts', options, {
    meta: [],
    failureOf: [],
    onGiveUp: [],
  })
  const runs = runsOf(monitor)
  const { identity, processRuns } = runs.context
  const tracker = createRunTracker(monitor, { kind: 'queued' })
  let hasWarned = false
  const read = (parameters: Parameters<Handler>): JobAttempt => {
    const known = attempt(() => attemptOf(...parameters), undefined)
    if (known?.key !== undefined) return known
    if (!hasWarned) {
      emitWarning('monitoredAttempts: the attempt of a job cannot be read, so each call is a run of its own')
    }
    hasWarned = true
    return { key: Symbol('job'), first: true, last: true }
  }
  const call = handler as unknown as (this: unknown, ...parameters: Parameters<Handler>) => unknown
  const watched = function (this: unknown, ...parameters: Parameters<Handler>): unknown {
    if (processRuns.enclosing(identity) !== undefined) {
      warnOfNesting(runs)
      return call.apply(this, parameters)
    }
    const { key, first, last, attributes, carrier } = read(parameters)
    if (first) tracker.open(key, attributes, carrier)
    else tracker.adopt(key, attributes, carrier)
    let isOver = false
    const end = (send: () => void): void => {
      if (isOver) return
      isOver = true
      attempt(() => stopWaiting?.(), undefined)
      send()
    }
    const failed = (error: unknown, isFinal = last): void =>
      end(() => (isFinal ? tracker.fail(key, error) : tracker.rest(key)))
    const judge = (result: Awaited<ReturnType<Handler>>, failure?: FailedAttempt): void =>
      failure === undefined
        ? end(() => tracker.complete(key, result, meta))
        : failed(failure.error, failure.last)
    const stopWaiting = attempt(() => onGiveUp?.((error) => failed(error), ...parameters), undefined)
    return handOn(
      () => tracker.call(key, () => call.apply(this, parameters)),
      (result: Awaited<ReturnType<Handler>>) => {
        const failure = readFailure(() => failureOf?.(result, ...parameters))
        if (isPromise(failure)) failure.then((found) => judge(result, found), failed)
        else judge(result, failure)
      },
      (error) => failed(error),
    )
  }
  return imitate(handler, watched) as unknown as Handler
}

/** Unlike `attempt`, it lets a promise reject: that is a failure. */
function readFailure<Failure>(failureOf: () => Failure): Failure | undefined {
  try {
    return failureOf()
  } catch {
    return undefined
  }
}
