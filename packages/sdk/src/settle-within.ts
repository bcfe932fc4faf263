import type { Clock } from './clock.ts'

/**
 * The promise's value if it comes within `withinMs` milliseconds, else `undefined`; the promise itself goes on.
 *
 * Holds the process for as long as it waits. The promise must not reject.
 */
export function settleWithin<Value>(
  promise: Promise<Value>,
  withinMs: number,
  clock: Clock,
): Promise<Value | undefined> {
  if (withinMs <= 0) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const cancel = clock.schedule(() => resolve(undefined), withinMs, true)
    void promise.then((value) => {
      cancel()
      resolve(value)
    })
  })
}
