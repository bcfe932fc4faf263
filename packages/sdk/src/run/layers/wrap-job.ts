import type { PingOnItsWay } from '../../delivery/delivery.ts'
import type { AnyMeta, ExactMeta, MetaShape, SomeMeta } from '../../definition/meta-types.ts'
import { returnFrame, takeFrame } from '../life/named-frames.ts'
import { endOfError, endOfResult, functionName, joinRun } from '../life/run-job.ts'
import type { MonitorRuns } from '../life/monitor-runs.ts'
import { readRunOptions } from './read-run-options.ts'
import type { Run } from '../run.ts'
import { watchRun } from './watch-run.ts'

/** Options of `wrap`. */
export interface WrapOptions<Result, Fields extends MetaShape = AnyMeta, Given = SomeMeta<Fields>> {
  /**
   * Makes metadata of the success ping from the job's result; they win over those of `run.meta`. Finite numbers only. If it
   * throws, they are left out and a warning says so; the job's result is not touched. `false` sends nothing of the result.
   *
   * @default the finite numbers of a plain object; with a schema in the monitor's definition, only its fields
   */
  readonly meta?: false | ((result: Result) => (Given & ExactMeta<Given, Fields>) | undefined) | undefined
  /**
   * Maximum duration of the job in milliseconds, integer, 1 or more. After it a warning says what the job seems to be waiting
   * for, and the same line is in its log. Nothing is sent: the service finds hung runs by itself.
   *
   * @default `maxDurationSeconds` of the monitor's definition; without one, none
   */
  readonly maxDurationMs?: number | undefined
  /**
   * `'abort'` also aborts `run.signal`, with a `TimeoutError`. The job decides what that means.
   *
   * @default 'warn'
   */
  readonly onMaxDuration?: 'warn' | 'abort' | undefined
}

/** What waits for the pings of `wrap`. Nothing here rejects, but for `throwIfAsked`. */
export interface WrapWaits {
  untilWritten(start: PingOnItsWay): Promise<unknown>
  forEnd(end: PingOnItsWay): Promise<unknown>
  /** @throws the ping's error, where the caller asked for that. */
  throwIfAsked(sent: PingOnItsWay): Promise<unknown>
}

/** One run around one job. */
export async function wrapJob<Result>(
  job: (run: Run) => Result | Promise<Result>,
  given: WrapOptions<Result>,
  runs: MonitorRuns,
  waits: WrapWaits,
): Promise<Result> {
  if (typeof job !== 'function') throw notAFunction(job)
  const { identity, processRuns, warn } = runs.context
  const options = readRunOptions(
    'wrap',
    given,
    { meta: [], maxDurationMs: [], onMaxDuration: ['warn', 'abort'] },
    (message) => warn(`options of wrap: ${message}`, message),
  )
  const outer = processRuns.enclosing(identity)
  if (outer !== undefined) return joinRun(outer, runs, () => job(outer.handle), options)
  const run = runs.open({ kind: 'job', attributes: functionName(job) })
  if (run.start !== undefined) await waits.untilWritten(run.start)
  run.work((owned) => watchRun(owned, options, runs.context))
  const frame = takeFrame(run)
  let result: Result
  try {
    result = await frame.call(() => processRuns.call(identity, run, () => job(run.handle)))
    returnFrame(frame)
  } catch (jobError) {
    returnFrame(frame)
    const end = run.end('fail', endOfError(jobError, run, runs))
    if (end !== undefined) await waits.forEnd(end)
    throw jobError
  }
  // Outside the `try`: a success ping that fails says nothing about the job.
  const end = run.end('success', endOfResult(result, options, runs))
  if (end !== undefined) await waits.forEnd(end)
  for (const sent of [run.start, end]) if (sent !== undefined) await waits.throwIfAsked(sent)
  return result
}

function notAFunction(given: unknown): TypeError {
  const isThenable = typeof given === 'object' && given !== null && 'then' in given
  if (!isThenable) return new TypeError('wrap takes the job as a function: wrap(async () => { … })')
  // The promise was handed to us, so its rejection must not become an unhandled one.
  void Promise.resolve(given).catch(() => {})
  return new TypeError(
    'wrap takes the job as a function, not its promise: wrap(() => job()) instead of wrap(job())',
  )
}
