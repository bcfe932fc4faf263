import { isPromise } from '../host.ts'

/**
 * Calls a user's callback; one that throws costs only what it was asked for. One that is asynchronous by mistake counts as one
 * that threw, and its rejection ends no process.
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
