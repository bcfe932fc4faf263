import type { Meta } from '@crontify/sdk/adapter'

/** What is used of Lambda's context. Local runners may hand over less. */
export interface LambdaContext {
  readonly awsRequestId?: string
  readonly getRemainingTimeInMillis?: () => number
}

/** The end of a handler that calls back. */
export type LambdaCallback<Result = unknown> = (error?: unknown, result?: Result) => void

/** A handler of AWS Lambda: async, or one that calls back. */
// `any`: a handler written in place without types of its own is given what Lambda gives.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type LambdaHandler<Event = any, Context = any, Result = any> = (
  event: Event,
  context: Context,
  callback: LambdaCallback<Result>,
  // `void` beside the others: the handlers of `@types/aws-lambda` do either.
) => Result | PromiseLike<Result> | void

/** The same handler: it always gives a promise. It fits the types of `@types/aws-lambda`. */
export type MonitoredLambda<Event, Context, Result> = (event: Event, context: Context) => Promise<Result>

/** How {@link monitorLambda} treats invocations. */
export interface MonitorLambdaOptions<Result> {
  /**
   * Time before Lambda's own time limit at which a run that is still going on is reported as failed, in milliseconds, from 0 to
   * 900,000. It must suffice for one ping. If it is not below the time limit, half of the time limit is used, with one warning.
   *
   * @default 500
   */
  readonly marginMs?: number | undefined
  /**
   * Makes the success ping's metadata from the handler's result. If it throws, the ping goes without. `false` sends nothing of it.
   *
   * @default the finite numbers of a plain object; for a partial batch response also `batch_items` and `batch_item_failures`
   */
  readonly meta?: false | ((result: Result) => Meta | undefined) | undefined
}
