import { AsyncLocalStorage } from 'node:async_hooks'
import type { Run } from './run.ts'

/** Made by the entry `@crontify/sdk/context` only: while it is used, every `await` of the process costs more. */
let storage: AsyncLocalStorage<Run> | undefined

/** From now on runs can be asked for by {@link currentRun}. */
export function enableCurrentRun(): void {
  storage ??= new AsyncLocalStorage()
}

/** Calls the job where {@link currentRun} finds its run. */
export function callInRun<Result>(run: Run, job: () => Result): Result {
  return storage === undefined ? job() : storage.run(run, job)
}

/** From here on {@link currentRun} finds this run, in what the caller calls and awaits; `undefined` for none. */
export function enterRun(run: Run | undefined): void {
  // Node's types allow no store to be left.
  storage?.enterWith(run as Run)
}

/** True once {@link currentRun} can find runs. */
export function isCurrentRunEnabled(): boolean {
  return storage !== undefined
}

/**
 * The run that the calling code is part of: the one of the nearest `wrap` above it, also across `await`, timers and
 * callbacks. `undefined` outside of any.
 *
 * A run that began before `@crontify/sdk/context` was imported is not found. Never throws.
 *
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { currentRun } from '@crontify/sdk/context'
 *
 * async function syncUser() {
 *   currentRun()?.increment('records_processed')
 * }
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'user-sync' })
 * await monitor.wrap(() => syncUser())
 */
export function currentRun(): Run | undefined {
  return storage?.getStore()
}
