import { randomUUID } from 'node:crypto'
import { isPromise } from 'node:util/types'
import { MAX_LOG_OUTPUT_LENGTH, type Meta } from '@crontify/protocol'
import { renderTail } from './log/compose-log.ts'
import { createRun } from './create-run.ts'
import { callInRun } from './current-run.ts'
import { systemClock } from '../system-clock.ts'
import { numbersOf } from './numbers-of.ts'
import { createRunTracker, type Pinger, type RunTracker } from './run-tracker.ts'

/** Any function: what a scheduler calls. */
export type AnyFunction = (...parameters: never[]) => unknown

/** How {@link monitored} reads one call. */
export interface MonitoredOptions<Job extends AnyFunction> {
  /**
   * Whether this call is a run; a call that is not is passed on unwatched. If it throws, the call counts.
   *
   * @default every call is a run
   */
  readonly when?: ((...parameters: Parameters<Job>) => boolean) | undefined
  /**
   * Makes the success ping's metadata from the job's result. If it throws, the ping goes without.
   *
   * Those of `currentRun()`, and `duration_ms`, are there besides.
   *
   * @default the finite numbers of a plain object; nothing for any other result
   */
  readonly meta?: ((result: Awaited<ReturnType<Job>>) => Meta | undefined) | undefined
  /**
   * Lets the start ping leave before the job is called, for at most so many milliseconds; `true` is 1,000. For a job that blocks the
   * event loop from its first line: nothing leaves the process while it computes, so that the service would hear of its start and
   * its end at once, and could neither find it hung nor measure it. The function then gives a promise, also for a synchronous job.
   *
   * @default false: the job is called at once
   */
  readonly awaitStart?: boolean | number | undefined
}

const START_WAIT_MS = 1_000

/**
 * A function that does what the job does, and pings around it: for schedulers, which keep what they are given.
 *
 * It has the job's `this`, arguments, `length` and `name`, is as synchronous as the job, and returns or throws the
 * very same value; a scheduler cannot tell them apart. It waits for no ping. What it returns for an asynchronous
 * job is a promise that follows the job's, so that a rejection nobody handles stays one; a thenable that starts
 * its work when it is awaited starts it here. Inside the job, `currentRun()` of `@crontify/sdk/context` finds the run.
 *
 * @throws {TypeError} if `job` is not a function.
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { monitored } from '@crontify/sdk/adapter'
 *
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'user-sync' })
 * const syncUsers = monitored(monitor, async () => ({ records_processed: 1523 }))
 * setInterval(syncUsers, 60_000).unref()
 */
export function monitored<Job extends AnyFunction>(
  monitor: Pinger,
  job: Job,
  options: MonitoredOptions<Job> & { readonly awaitStart: true | number },
): (...parameters: Parameters<Job>) => Promise<Awaited<ReturnType<Job>>>
export function monitored<Job extends AnyFunction>(
  monitor: Pinger,
  job: Job,
  options?: MonitoredOptions<Job>,
): Job
export function monitored<Job extends AnyFunction>(
  monitor: Pinger,
  job: Job,
  options: MonitoredOptions<Job> = {},
): unknown {
  if (typeof job !== 'function') throw new TypeError('monitored takes the job as a function')
  const runs = createRunTracker(monitor)
  const call = job as unknown as (this: unknown, ...parameters: Parameters<Job>) => unknown
  const watched = function (this: unknown, ...parameters: Parameters<Job>): unknown {
    const isRun = attempt(() => options.when?.(...parameters) ?? true, true)
    return isRun ? follow(() => call.apply(this, parameters), runs, options) : call.apply(this, parameters)
  }
  Object.defineProperties(watched, {
    length: { value: job.length, configurable: true },
    name: { value: job.name, configurable: true },
  })
  return watched
}

function follow<Job extends AnyFunction>(
  callJob: () => unknown,
  runs: RunTracker,
  options: MonitoredOptions<Job>,
): unknown {
  const key = Symbol('run')
  // Handed on as what they are, no numbers: the monitor leaves them out and says so.
  const unusable: Record<string, number> = {}
  const run = createRun(randomUUID(), {
    clock: systemClock,
    onDropped: (names) => names.forEach((name) => (unusable[name] = Number.NaN)),
    warn: () => {},
    onLog: () => {},
  })
  const succeeded = (result: unknown): unknown => {
    run.end()
    const gathered = { ...unusable, ...run.meta() }
    const meta = attempt(() => {
      const fromResult: unknown = (options.meta ?? numbersOf)(result as Awaited<ReturnType<Job>>)
      return typeof fromResult === 'object' ? { ...gathered, ...fromResult } : gathered
    }, gathered)
    runs.succeed(key, meta)
    return result
  }
  const failed = (error: unknown): never => {
    run.end()
    runs.fail(key, error, {
      meta: { ...unusable, ...run.meta() },
      log: renderTail(run.log, (text) => text, MAX_LOG_OUTPUT_LENGTH),
    })
    throw error
  }
  const begin = (): unknown => {
    run.begin()
    let result: unknown
    try {
      result = callInRun(run.handle, callJob)
    } catch (error) {
      return failed(error)
    }
    if (isPromise(result)) return result.then(succeeded, failed)
    // A foreign thenable may return nothing from its `then`, so a promise of ours stands between.
    return isThenable(result) ? Promise.resolve(result).then(succeeded, failed) : succeeded(result)
  }
  runs.open(key)
  const waitMs = options.awaitStart === true ? START_WAIT_MS : Number(options.awaitStart)
  return waitMs > 0 ? runs.settled(waitMs).then(begin) : begin()
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  return typeof attempt(() => Reflect.get(value, 'then') as unknown, undefined) === 'function'
}

/** A callback of the user's that throws costs only what it was asked for. */
function attempt<Value>(callback: () => Value, otherwise: Value): Value {
  try {
    return callback()
  } catch {
    return otherwise
  }
}
