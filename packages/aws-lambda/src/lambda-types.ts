import type { Meta } from '@crontify/sdk/adapter'

/** What is used of Lambda's context. Local runners may hand over less. */
export interface LambdaContext {
  readonly awsRequestId?: string
  readonly getRemainingTimeInMillis?: () => number
}

/** The end of a handler that calls back. */
export type LambdaCallback = (error?: unknown, result?: unknown) => void

/** A handler of AWS Lambda: async, or one that calls back. */
// `any`: the types of `@types/aws-lambda` and those of handlers written in place survive.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type LambdaHandler = (event: any, context: any, callback: any) => unknown

/** The same handler: it always gives a promise. One that takes less than an event and a context is given them all the same. */
export type MonitoredLambda<Handler extends LambdaHandler> = (
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  event: Parameters<Handler> extends readonly [infer Event, ...unknown[]] ? Event : any,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  context: Parameters<Handler> extends readonly [unknown, infer Context, ...unknown[]] ? Context : any,
) => Promise<Awaited<ReturnType<Handler>>>

/** How {@link monitorLambda} treats invocations. */
export interface MonitorLambdaOptions<Result> {
  /**
   * Time before Lambda's own time limit at which a run that is still going on is reported as failed, in milliseconds, 0 or more. It
   * must suffice for one ping.
   *
   * @default 500
   */
  readonly marginMs?: number | undefined
  /**
   * Makes the success ping's metadata from the handler's result. If it throws, the ping goes without. `false` sends nothing of it.
   *
   * @default the finite numbers of a plain object; for a partial batch response also `batch_items` and `batch_item_failures`
   */
  readonly meta?: false | ((result: Awaited<Result>) => Meta | undefined) | undefined
}
