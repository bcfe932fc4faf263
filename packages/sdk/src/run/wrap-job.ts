import type { PingOnItsWay } from '../delivery/delivery.ts'
import type { AnyMeta, ExactMeta, MetaShape, SomeMeta } from '../definition/meta-types.ts'
import type { OwnedRun } from './create-run.ts'
import { callInRun } from './current-run.ts'
import type { Run } from './run.ts'
import type { Runs } from './runs-of.ts'

/** What `wrap` may be told besides the job. */
export interface WrapOptions<Result, Fields extends MetaShape = AnyMeta, Given = SomeMeta<Fields>> {
  /**
   * Makes metadata of the success ping from the job's result; they win over those of `run.meta`. Finite numbers only. If it
   * throws, they are left out and a warning says so; the job's result is not touched.
   */
  readonly meta?: ((result: Result) => (Given & ExactMeta<Given, Fields>) | undefined) | undefined
  /**
   * Milliseconds that the job may take, integer, 1 or more. After them a warning says what the job seems to be waiting
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

/** How a run stands when its job ends. `closed`: its end has been sent, because the process is ending. */
export type RunLeft = 'latest' | 'superseded' | 'closed'

/**
 * What `wrap` needs of its monitor, for all runs of it: thousands may be open at once. The senders answer `undefined`
 * where nothing is sent; nothing here throws.
 */
export interface WrapContext {
  readonly runs: Runs
  /** A run that becomes the latest one. */
  enter(): OwnedRun
  /** The job is called now: its duration counts from here. */
  begin(run: OwnedRun, options: WrapOptions<never>): void
  /** Closes this run and says whether its end is to be sent. */
  leave(run: OwnedRun): RunLeft
  start(run: OwnedRun): PingOnItsWay | undefined
  succeed(run: OwnedRun, meta: unknown): PingOnItsWay | undefined
  fail(run: OwnedRun, error: unknown): PingOnItsWay | undefined
  waitUntilWritten(start: PingOnItsWay): Promise<unknown>
  waitForEnd(end: PingOnItsWay): Promise<unknown>
  onMetaError(error: unknown): void
  /** The one exception. @throws the ping's error, where the caller asked for that. */
  throwIfAsked(sent: PingOnItsWay): Promise<unknown>
}

/** One run around one job. */
export async function wrapJob<Result>(
  job: (run: Run) => Result | Promise<Result>,
  options: WrapOptions<Result>,
  context: WrapContext,
): Promise<Result> {
  if (typeof job !== 'function') throw notAFunction(job)
  const run = context.enter()
  const start = context.start(run)
  if (start !== undefined) await context.waitUntilWritten(start)
  let result: Result
  context.begin(run, options as WrapOptions<never>)
  try {
    result = await callInRun(run.handle, () => job(run.handle))
  } catch (jobError) {
    run.end()
    await afterFailure(run, jobError, context)
    throw jobError
  }
  // Outside the `try`: a success ping that fails says nothing about the job.
  run.end()
  const left = context.leave(run)
  const end = left === 'latest' ? context.succeed(run, metaOf(result, options, context)) : undefined
  if (left === 'superseded') context.runs.onSkippedEnd()
  if (end !== undefined) await context.waitForEnd(end)
  for (const sent of [start, end]) if (sent !== undefined) await context.throwIfAsked(sent)
  return result
}

async function afterFailure(run: OwnedRun, jobError: unknown, context: WrapContext): Promise<void> {
  switch (context.leave(run)) {
    case 'latest': {
      const end = context.fail(run, jobError)
      if (end !== undefined) await context.waitForEnd(end)
      return
    }
    case 'superseded':
      context.runs.onSkippedEnd()
      return context.runs.onSuperseded(jobError)
    case 'closed':
  }
}

function metaOf<Result>(result: Result, options: WrapOptions<Result>, context: WrapContext): unknown {
  try {
    return options.meta?.(result)
  } catch (error) {
    context.onMetaError(error)
    return undefined
  }
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
