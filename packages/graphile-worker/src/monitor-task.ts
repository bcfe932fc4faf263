import {
  isMonitor,
  monitoredAttempts,
  nameOf,
  readRunOptions,
  warn,
  type Meta,
  type Pinger,
} from '@crontify/sdk/adapter'
import type { JobHelpers, Task } from 'graphile-worker'
import { attemptOfJob } from './attempt-of-job.ts'
import { failureInBatch } from './failure-in-batch.ts'
import type { HelpersWithJob } from './task-types.ts'

/** How {@link monitorTask} reads the results of a task. */
export interface MonitorTaskOptions<Result> {
  /**
   * Makes the success ping's metadata from the task's result. If it throws, the ping goes without. `false` sends nothing of the
   * result.
   *
   * @default the finite numbers of a plain object; with a schema in the monitor's definition, only its fields
   */
  readonly meta?: false | ((result: Result) => Meta | undefined) | undefined
}

/**
 * A task for Graphile Worker: the same task, with one run for each job, retries included.
 *
 * The first attempt sends the start, a success at any attempt sends the success, and only the failure of the last attempt sends `fail`.
 * Another process may take the next attempt. A job with a list as payload is one run; promises in the list that its task returns count
 * as for Graphile Worker.
 *
 * The task keeps its arguments, result, error and timing; no job waits for a ping. Graphile Worker itself ignores a result that is no
 * list, so an object of numbers can be returned as metadata. After `await runner.stop()`, call `await monitor.flush()`.
 *
 * @param monitor  One monitor for one task, a `CrontifyMonitor`. Something else is a warning, and the jobs run without pings.
 * @throws {TypeError} if `task` is not a function.
 * @example
 * import { monitorTask } from '@crontify/graphile-worker'
 * import { CrontifyMonitor } from '@crontify/sdk'
 *
 * const report = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })
 * const taskList = {
 *   'nightly-report': monitorTask(report, async (_payload, { job }) => ({ rows: 120, attempt: job.attempts })),
 * }
 * // await run({ connectionString, taskList, crontab: '0 2 * * * nightly-report' })
 */
export function monitorTask<Result, Payload = unknown, Helpers extends HelpersWithJob = JobHelpers>(
  monitor: Pinger,
  task: (payload: Payload, helpers: Helpers) => Result | PromiseLike<Result>,
  options: MonitorTaskOptions<Result> = {},
): (payload: Payload, helpers: Helpers) => ReturnType<Task> {
  type Watched = (payload: Payload, helpers: Helpers) => ReturnType<Task>
  if (typeof task !== 'function') {
    throw new TypeError(
      `monitorTask takes a task of Graphile Worker, a function such as async (payload, helpers) => {…}, got ${nameOf(task)}`,
    )
  }
  if (!isMonitor(monitor)) {
    warn(`monitorTask takes a monitor first, got ${nameOf(monitor)}. The jobs run without pings.`)
    return task as Watched
  }
  const known = readRunOptions('monitorTask', options, { meta: [] })
  const attemptOf = (_payload: unknown, helpers: HelpersWithJob) => attemptOfJob(helpers)
  return monitoredAttempts<(...parameters: never[]) => unknown>(monitor, task, attemptOf, {
    meta: known.meta as false | undefined,
    failureOf: failureInBatch,
  }) as Watched
}
