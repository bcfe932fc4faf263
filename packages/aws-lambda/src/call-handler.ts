import type { LambdaCallback, LambdaHandler } from './lambda-types.ts'

/** A handler that calls back must have this many parameters. One that takes the callback in another way cannot be told from one that is done. */
const CALLBACK_PARAMETERS = 3

/** Calls a handler of either kind. Resolves or rejects with what it ends with. */
export function callHandler(
  handler: LambdaHandler,
  self: unknown,
  event: unknown,
  context: unknown,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const callback: LambdaCallback = (error, result) => {
      if (error === undefined || error === null) resolve(result)
      else reject(error as Error)
    }
    const returned: unknown = Reflect.apply(handler, self, [event, context, callback])
    if (handler.length < CALLBACK_PARAMETERS || isThenable(returned)) resolve(returned)
  })
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value
}
