import type { JobWithRetries } from './job-with-retries.ts'
import type { Clock } from './system-clock.ts'

const MS_PER_SECOND = 1_000
/** Timers may fire so much early. */
const TIMER_SLACK_MS = 2
/** pg-boss waits at least so long for a handler. Seconds. */
const LEAST_WAIT_SECONDS = 1

/**
 * Waits until pg-boss gives a batch up while its handler still works: after the longest `expireInSeconds` of its jobs, or when their
 * `signal` is aborted. pg-boss has then failed the jobs, and another worker may have them.
 *
 * @returns what stops waiting.
 */
export function watchExpiry(
  clock: Clock,
  giveUp: (error: unknown) => void,
  jobs: readonly JobWithRetries[],
): () => void {
  const seconds = Math.max(LEAST_WAIT_SECONDS, ...jobs.map(({ expireInSeconds }) => expireInSeconds))
  const begin = clock.now()
  const hasExpired = (): boolean => clock.now() - begin > seconds * MS_PER_SECOND - TIMER_SLACK_MS
  const expired = (): void => giveUp(new Error(`handler execution exceeded ${seconds}s`))
  // An expiry aborts as well, perhaps before the timer here has fired.
  const aborted = (): void =>
    hasExpired() ? expired() : giveUp(new Error('pg-boss gave the job up before its handler had ended'))
  let cancel = (): void => {}
  let isStopped = false
  // pg-boss starts its clock when the handler has returned its promise.
  queueMicrotask(() => {
    if (!isStopped) cancel = clock.after(seconds * MS_PER_SECOND, expired)
  })
  const signal = jobs[0]?.signal
  signal?.addEventListener('abort', aborted, { once: true })
  return () => {
    isStopped = true
    cancel()
    signal?.removeEventListener('abort', aborted)
  }
}
