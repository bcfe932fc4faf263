import {
  attempt,
  createRunTracker,
  isMonitor,
  nameOf,
  readRunOptions,
  warn,
  type Pinger,
  type RunAttributes,
} from '@crontify/sdk/adapter'
import { batchMeta } from './batch-meta.ts'
import { callHandler } from './call-handler.ts'
import type { LambdaContext, LambdaHandler, MonitoredLambda, MonitorLambdaOptions } from './lambda-types.ts'
import { systemTimer, type Timer } from './system-timer.ts'
import { createDeadline, remainingMs } from './time-limit.ts'

/** As long as `wrap` waits for its last ping. */
const PINGS_WAIT_MS = 5_000
/** Left for Lambda to take the result in: waiting for a ping must not turn a job that is done into one that timed out. */
const RESERVE_MS = 100

/**
 * A Lambda function that is a job: the same handler, with pings around each invocation.
 *
 * It resolves with the handler's own result or rejects with its own error, after the pings have been sent: Lambda freezes the process
 * as soon as a handler has returned. Shortly before the function's time limit, a run that still goes on is reported as failed, with the
 * request id. Handlers that call back work too; they are waited for until they call back.
 *
 * @param monitor  One monitor for one function, a `CrontifyMonitor`. Make it outside the handler, so that it outlives an invocation.
 * Something else is a warning, and the function runs without pings.
 * @throws {TypeError} if `handler` is not a function.
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { monitorLambda } from '@crontify/aws-lambda'
 *
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })
 *
 * export const handler = monitorLambda(monitor, async (event: { day: string }) => {
 *   return { rows: event.day.length }
 * })
 */
export function monitorLambda<
  // What nothing says the type of, such as the event of a handler in JavaScript.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  Event = any,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  Context = any,
  Result = unknown,
>(
  monitor: Pinger,
  handler: LambdaHandler<Event, Context, Result>,
  options?: MonitorLambdaOptions<Result>,
): MonitoredLambda<Event, Context, Result>
/** @internal For tests. */
export function monitorLambda<Event, Context, Result>(
  monitor: Pinger,
  handler: LambdaHandler<Event, Context, Result>,
  options: MonitorLambdaOptions<Result>,
  timer: Timer,
): MonitoredLambda<Event, Context, Result>
export function monitorLambda<Event, Context, Result>(
  monitor: Pinger,
  handler: LambdaHandler<Event, Context, Result>,
  options: MonitorLambdaOptions<Result> = {},
  timer: Timer = systemTimer,
): MonitoredLambda<Event, Context, Result> {
  if (typeof handler !== 'function') {
    throw new TypeError(`monitorLambda takes the handler of a function, got ${nameOf(handler)}`)
  }
  const known = readRunOptions('monitorLambda', options, { marginMs: [], meta: [] })
  const failAfterMs = createDeadline(known.marginMs)
  const tracker = isMonitor(monitor) ? createRunTracker(monitor) : undefined
  if (tracker === undefined)
    warn(`monitorLambda takes a monitor first, got ${nameOf(monitor)}. The function runs without pings.`)

  const watched = async function (this: unknown, event: unknown, context: LambdaContext): Promise<unknown> {
    if (tracker === undefined) return callHandler(handler, this, event, context)
    const key = Symbol('invocation')
    const run = tracker.open(key, attributesOf(handler, context))
    let isOver = false
    const end = (ending: () => void): void => {
      if (isOver) return
      isOver = true
      ending()
    }
    const afterMs = failAfterMs(context)
    const cancel =
      afterMs === undefined
        ? () => {}
        : timer(() => end(() => tracker.fail(key, timeoutError(context))), afterMs)
    try {
      const result = await tracker.call(key, () => callHandler(handler, this, event, context))
      end(() => {
        const batch =
          known.meta === undefined ? attempt(() => batchMeta(event, result), undefined) : undefined
        if (batch !== undefined) run.meta(batch)
        tracker.complete(key, result, known.meta as false | ((result: never) => undefined) | undefined)
      })
      return result
    } catch (error) {
      end(() => tracker.fail(key, error))
      throw error
    } finally {
      cancel()
      // What is not sent when Lambda ends the invocation is frozen, or lost.
      const leftMs = (remainingMs(context) ?? Infinity) - RESERVE_MS
      await tracker.settled(Math.min(PINGS_WAIT_MS, Math.max(0, leftMs)))
    }
  }
  Object.defineProperty(watched, 'name', { value: handler.name, configurable: true })
  return watched as unknown as MonitoredLambda<Event, Context, Result>
}

function attributesOf(handler: LambdaHandler, context: LambdaContext | undefined): RunAttributes {
  const id = context?.awsRequestId
  return {
    ...(handler.name === '' ? {} : { 'code.function.name': handler.name }),
    ...(typeof id === 'string' ? { 'faas.invocation_id': id } : {}),
  }
}

function timeoutError(context: LambdaContext | undefined): Error {
  const id = context?.awsRequestId
  const request = id === undefined ? '' : ` (request ${id})`
  // No stack: it would show this file, and not the job.
  return { name: 'LambdaTimeout', message: `the function is about to time out${request}` }
}
