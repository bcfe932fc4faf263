import { isThenable } from '../../is-thenable.ts'

/** A handler that has been called. */
export interface Begun {
  /** Settles as the handler does: at once where it gave no promise. Hands on what it resolves with. */
  readonly settled: Promise<unknown>
  readonly gavePromise: boolean
  /** Gives the framework what the handler gave, or throws what it threw. */
  readonly handOver: () => unknown
}

/** Calls a handler, and keeps its end for two: for us and for the framework. A rejection that the framework leaves alone stays unhandled. */
export function begin(handler: () => unknown): Begun {
  let given: unknown
  try {
    given = handler()
  } catch (error) {
    return {
      settled: rejected(error),
      gavePromise: false,
      handOver: () => {
        throw error
      },
    }
  }
  if (!isThenable(given)) {
    return { settled: Promise.resolve(given), gavePromise: false, handOver: () => given }
  }
  const settled = Promise.resolve(given)
  const forFramework = settled.then((value) => value)
  return { settled, gavePromise: true, handOver: () => forFramework }
}

/** With the very value that was thrown, whatever it is. */
function rejected(thrown: unknown): Promise<never> {
  return new Promise((_resolve, reject) => reject(thrown as Error))
}
