import type { Meta } from '@crontify/protocol'
import { imitate } from '../../imitate.ts'
import { settleWithin } from '../../settle-within.ts'
import type { LiveRun } from '../life/live-run.ts'
import type { RunAttributes } from '../life/observation.ts'
import type { MonitorRuns } from '../life/monitor-runs.ts'
import { addResult, endOfError, endOfResult, functionName, warnOfNesting } from '../life/run-job.ts'
import { handOn } from './hand-on.ts'
import type { Pinger } from './pinger.ts'
import { readRunOptions } from './read-run-options.ts'
import { runsOf } from './runs-of.ts'
import { watchRun } from './watch-run.ts'

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
   * Makes the success ping's metadata from the job's result. If it throws, the ping goes without. `false` sends nothing of the
   * result. The metadata of `currentRun()` and `duration_ms` are sent besides.
   *
   * @default the finite numbers of a plain object; with a schema in the monitor's definition, only its fields
   */
  readonly meta?: false | ((result: Awaited<ReturnType<Job>>) => Meta | undefined) | undefined
  /**
   * Lets the start ping leave before the job is called, for at most so many milliseconds; `true` is 1,000. For a job that blocks the
   * event loop from its first line: nothing leaves the process while it computes, so that the service would hear of its start and
   * its end at once, and could neither find it hung nor measure it. The function then gives a promise, also for a synchronous job.
   *
   * @default false: the job is called at once
   */
  readonly awaitStart?: boolean | number | undefined
  /** What tracing should know of each run, in the words of OpenTelemetry's semantic conventions. For adapters. @default none */
  readonly attributes?: RunAttributes | undefined
}

const START_WAIT_MS = 1_000

/**
 * A function that does what the job does, and pings around it: for schedulers, which call what they are given.
 *
 * It has the job's `this`, arguments, `length` and `name`, is as synchronous as the job, and returns or throws the
 * very same value; `Reflect` metadata of decorators are copied. A scheduler cannot tell them apart. It waits for no ping. What it returns for an asynchronous
 * job is a promise that follows the job's, so that a rejection nobody handles stays one; a thenable that starts
 * its work when it is awaited starts it here. Inside the job, `currentRun()` of `@crontify/sdk/context` finds the run.
 *
 * @throws {TypeError} if `job` is not a function.
 * @example
 * import { CrontifyMonitor, monitored } from '@crontify/sdk'
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
  const runs = runsOf(monitor)
  const known = readRunOptions(
    'monitored',
    options,
    { meta: [], when: [], awaitStart: [], attributes: [] },
    (message) => runs.context.warn(`options of monitored: ${message}`, message),
  )
  const call = job as unknown as (this: unknown, ...parameters: Parameters<Job>) => unknown
  const attributes = { ...functionName(job), ...known.attributes }
  const watched = function (this: unknown, ...parameters: Parameters<Job>): unknown {
    const isRun = attempt(() => known.when?.(...parameters) ?? true, true)
    const callJob = (): unknown => call.apply(this, parameters)
    return isRun ? follow(callJob, runs, known, attributes) : callJob()
  }
  return imitate(job, watched)
}

function follow<Job extends AnyFunction>(
  callJob: () => unknown,
  runs: MonitorRuns,
  options: MonitoredOptions<Job>,
  attributes: RunAttributes,
): unknown {
  const { identity, processRuns, clock } = runs.context
  const read = options as { readonly meta?: MonitoredOptions<AnyFunction>['meta'] }
  const outer = processRuns.enclosing(identity)
  if (outer !== undefined) {
    warnOfNesting(runs)
    return handOn(callJob, (result) => addResult(outer, result, read, runs))
  }
  const run = runs.open({ kind: 'job', attributes })
  const begin = (): unknown => {
    run.work((owned) => watchRun(owned, {}, runs.context))
    return handOn(
      () => processRuns.call(identity, run, callJob),
      (result) => run.end('success', endOfResult(result, read, runs)),
      (error) => run.end('fail', endOfError(error, run, runs)),
    )
  }
  const waitMs = options.awaitStart === true ? START_WAIT_MS : Number(options.awaitStart)
  return waitMs > 0 ? settleWithin(startOf(run), waitMs, clock).then(begin) : begin()
}

function startOf({ start }: LiveRun): Promise<unknown> {
  return start?.end ?? Promise.resolve()
}

/** A callback of the user's that throws costs only what it was asked for. */
function attempt<Value>(callback: () => Value, otherwise: Value): Value {
  try {
    return callback()
  } catch {
    return otherwise
  }
}
