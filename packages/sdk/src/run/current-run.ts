import type { AsyncLocalStorage } from 'node:async_hooks'
import { newAsyncStorage } from '../host.ts'
import type { Run } from './run.ts'

/** Made by the entry `@crontify/sdk/context` only: while it is used, every `await` of the process costs more. */
let storage: AsyncLocalStorage<RunFrame> | undefined

/** What is kept of a run in whatever its job calls. */
export interface RunFrame {
  readonly handle: Run
}

/** From now on runs can be asked for by {@link currentRun}. */
export function enableCurrentRun(): void {
  storage ??= newAsyncStorage()
}

/** Calls the job where {@link currentRun} finds its run. */
export function callInRun<Result>(frame: RunFrame, job: () => Result): Result {
  return storage === undefined ? job() : storage.run(frame, job)
}

/** From here on {@link currentRun} finds this run, in what the caller calls and awaits; `undefined` for none. */
export function enterRun(run: Run | undefined): void {
  // Node's types allow no store to be left.
  storage?.enterWith((run && { handle: run }) as RunFrame)
}

/** What {@link callInRun} was given by the nearest call above. */
export function currentFrame(): RunFrame | undefined {
  return storage?.getStore()
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
  return storage?.getStore()?.handle
}
