import { isPromise } from 'node:util/types'

/**
 * Calls a callback of the user's, which costs only what it was asked for if it throws. One that is asynchronous by
 * mistake counts as one that threw, and its rejection ends nobody's process.
 */
export function attempt<Value>(callback: () => Value, otherwise: Value): Value {
  try {
    const value = callback()
    if (!isPromise(value)) return value
    value.catch(() => {})
    return otherwise
  } catch {
    return otherwise
  }
}
