import type { PingKind } from '@crontify/protocol'
import type { Clock } from './clock.ts'
import type { PingOnItsWay } from './delivery.ts'
import type { FailedOutcome } from './outcome-error.ts'
import type { RunGate } from './run-gate.ts'
import { settleWithin } from './settle-within.ts'

/** What `wrap` may be told besides the job. */
export interface WrapOptions<Result> {
  /**
   * Makes the success ping's metadata from the job's result. Finite numbers only. If it throws, the ping is sent
   * without metadata and a warning says so; the job's result is not touched.
   */
  readonly meta?: ((result: Result) => Readonly<Record<string, number>> | undefined) | undefined
}

/** What `wrap` needs of its monitor. The senders answer `undefined` where nothing is sent, and never throw. */
export interface WrapContext {
  readonly gate: RunGate
  readonly clock: Clock
  readonly startWaitMs: number
  readonly endWaitMs: number
  start(): PingOnItsWay | undefined
  succeed(meta: unknown): PingOnItsWay | undefined
  fail(error: unknown): PingOnItsWay | undefined
  onSuperseded(error: unknown): void
  onMetaError(error: unknown): void
  /** The error that the caller asked to be thrown for this outcome, if any. */
  pingErrorToThrow(kind: PingKind, outcome: FailedOutcome): Error | undefined
}

/** One run around one job. */
export async function wrapJob<Result>(
  job: () => Result | Promise<Result>,
  options: WrapOptions<Result>,
  context: WrapContext,
): Promise<Result> {
  if (typeof job !== 'function') throw notAFunction(job)
  const run = Symbol('run')
  context.gate.enter(run)
  const start = context.start()
  if (start !== undefined) await settleWithin(start.written, context.startWaitMs, context.clock)
  let result: Result
  try {
    result = await job()
  } catch (jobError) {
    if (context.gate.leave(run)) await waitForEnd(context.fail(jobError), context)
    else context.onSuperseded(jobError)
    throw jobError
  }
  // Outside the `try`: a success ping that fails says nothing about the job.
  const end = context.gate.leave(run) ? context.succeed(metaOf(result, options, context)) : undefined
  await waitForEnd(end, context)
  await throwIfAsked('start', start, context)
  await throwIfAsked('success', end, context)
  return result
}

async function waitForEnd(end: PingOnItsWay | undefined, context: WrapContext): Promise<void> {
  if (end !== undefined) await settleWithin(end.outcome, context.endWaitMs, context.clock)
}

/** Waits for an outcome only where its error would be thrown. */
async function throwIfAsked(
  kind: PingKind,
  sent: PingOnItsWay | undefined,
  context: WrapContext,
): Promise<void> {
  const probe: FailedOutcome = { type: 'refused', statusCode: 0, detail: '' }
  if (sent === undefined || context.pingErrorToThrow(kind, probe) === undefined) return
  const outcome = await sent.outcome
  const error = outcome.type === 'accepted' ? undefined : context.pingErrorToThrow(kind, outcome)
  if (error !== undefined) throw error
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
