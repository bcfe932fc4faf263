import {
  isMonitor,
  monitoredAttempts,
  nameOf,
  readRunOptions,
  warn,
  type JobAttempt,
  type Meta,
  type Pinger,
} from '@crontify/sdk/adapter'
import { attemptOfBatch } from './attempt-of-batch.ts'
import { failureInResults } from './failure-in-results.ts'
import type { JobWithRetries } from './job-with-retries.ts'
import { systemClock } from './system-clock.ts'
import { watchExpiry } from './watch-expiry.ts'

/** How {@link monitorWork} reads the results of a handler. */
export interface MonitorWorkOptions<Result> {
  /**
   * Makes the success ping's metadata from the handler's result. If it throws, the ping goes without. `false` sends nothing of the
   * result.
   *
   * @default the finite numbers of a plain object; with a schema in the monitor's definition, only its fields
   */
  readonly meta?: false | ((result: Result) => Meta | undefined) | undefined
}

/**
 * A handler for `boss.work` with `includeMetadata: true`: the same handler, with one run for each job, retries included.
 *
 * The first attempt sends the start, a success at any attempt sends the success, and only a failure after which pg-boss does not try
 * again sends `fail`. Another process may take the next attempt. A batch is one run, named by its first job. A handler that works longer
 * than `expireInSeconds` has failed, as for pg-boss. With `perJobResults: true`, the results say which jobs have failed.
 *
 * The handler keeps its arguments, result, error and timing; no job waits for a ping. After `await boss.stop()`, call
 * `await monitor.flush()`.
 *
 * @param monitor  One monitor for one queue, a `CrontifyMonitor`. Something else is a warning, and the jobs run without pings.
 * @throws {TypeError} if `handler` is not a function.
 * @example
 * import { monitorWork } from '@crontify/pg-boss'
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { PgBoss } from 'pg-boss'
 *
 * const boss = new PgBoss('postgres://127.0.0.1/jobs')
 * const report = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })
 * const writeReport = monitorWork(report, async ([job]) => ({ rows: 120, attempt: job?.retryCount ?? 0 }))
 * // Once the boss has started: await boss.work('nightly-report', { includeMetadata: true }, writeReport)
 */
export function monitorWork<Job extends JobWithRetries, Result, Rest extends unknown[]>(
  monitor: Pinger,
  handler: (jobs: Job[], ...rest: Rest) => Promise<Result>,
  options: MonitorWorkOptions<Result> = {},
): (jobs: Job[], ...rest: Rest) => Promise<Result> {
  if (typeof handler !== 'function') {
    throw new TypeError(
      `monitorWork takes a handler of pg-boss, a function such as async ([job]) => {…}, got ${nameOf(handler)}`,
    )
  }
  if (!isMonitor(monitor)) {
    warn(`monitorWork takes a monitor first, got ${nameOf(monitor)}. The jobs run without pings.`)
    return handler
  }
  const known = readRunOptions('monitorWork', options, { meta: [] })
  let hasWarned = false
  const attemptOf = (jobs: readonly JobWithRetries[]): JobAttempt => {
    const attempt = attemptOfBatch(jobs)
    if (attempt !== undefined) return attempt
    if (!hasWarned) {
      warn(
        'monitorWork needs { includeMetadata: true } in the options of boss.work to know the retries of a job. Until then each attempt is a run.',
      )
    }
    hasWarned = true
    return { key: Symbol('job'), first: true, last: true }
  }
  // More parameters, such as the transaction of pg-boss 12, are handed on.
  return monitoredAttempts<(...parameters: never[]) => unknown>(monitor, handler, attemptOf, {
    meta: known.meta as false | undefined,
    failureOf: failureInResults,
    onGiveUp: (giveUp, ...parameters: unknown[]) => watchExpiry(systemClock, giveUp, parameters[0] as Job[]),
  }) as typeof handler
}
