/** Runs tasks one after another, in the order in which they came. */
export interface Lane {
  /** The task's result. A task must not reject. */
  run<Result>(task: () => Promise<Result>): Promise<Result>
  /** Resolves when everything that was given so far has ended. */
  idle(): Promise<void>
}

/**
 * One lane per monitor: the service matches pings by monitor alone, so a success that overtakes its start, or a
 * start that overtakes the previous success, would end the wrong run.
 */
export function createLane(): Lane {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run: (task) => {
      const result = last.then(task)
      last = result
      return result
    },
    idle: async () => {
      await last
    },
  }
}
