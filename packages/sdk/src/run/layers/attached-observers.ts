import type { RunObserver } from '../life/observation.ts'

const observersByClient = new WeakMap<object, RunObserver[]>()

/** Connects a client object with those who observe its runs. */
export function attachObservers(client: object, observers: RunObserver[]): void {
  observersByClient.set(client, observers)
}

/**
 * Lets an observer see all runs of a client from inside, from now on: for tracing.
 *
 * A monitor of a `Crontify` stands for all monitors of that client. Never throws.
 *
 * @returns a function that ends it; `undefined` for a client of another copy of this package.
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { observeRuns } from '@crontify/sdk/adapter'
 *
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })
 * const stop = observeRuns(monitor, {
 *   begin: ({ runId }) => ({ end: ({ status }) => console.log(runId.length, status) }),
 * })
 * await monitor.wrap(async () => ({ files_copied: 120 }))
 * stop?.()
 */
export function observeRuns(client: object, observer: RunObserver): (() => void) | undefined {
  const observers = observersByClient.get(client)
  if (observers === undefined) return undefined
  observers.push(observer)
  return () => {
    const index = observers.indexOf(observer)
    if (index >= 0) observers.splice(index, 1)
  }
}
