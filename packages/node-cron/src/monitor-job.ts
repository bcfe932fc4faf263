import {
  isMonitor,
  monitored,
  nameOf,
  readRunOptions,
  warn,
  type Meta,
  type Pinger,
} from '@crontify/sdk/adapter'
import { isByHand } from './is-by-hand.ts'
import { isPingedByEvents } from './pinged-tasks.ts'

/** How {@link monitorJob} reads the runs of a task. */
export interface MonitorJobOptions<Result> {
  /**
   * Whether a run by hand, through `task.execute()`, counts as a run.
   *
   * @default true
   */
  readonly manual?: boolean | undefined
  /**
   * Makes the success ping's metadata from the job's result. If it throws, the ping goes without. `false` sends nothing of the
   * result.
   *
   * @default the finite numbers of a plain object; with a schema in the monitor's definition, only its fields
   */
  readonly meta?: false | ((result: Awaited<Result>) => Meta | undefined) | undefined
  /**
   * Lets the start ping leave before the job is called, for at most so many milliseconds; `true` is 1,000. For a job that blocks the
   * event loop from its first line, which Crontify could otherwise neither find hung nor measure.
   *
   * @default false: the job is called at once
   */
  readonly awaitStart?: boolean | number | undefined
}

/**
 * The function to hand to node-cron instead of the job: the same job, with pings around each run.
 *
 * It waits for no ping, and node-cron sees what the job returns and throws. A tick that `noOverlap` or a run
 * coordinator skips is no run and sends nothing; two runs at once are reported as the overlap that they are. With
 * `maxRandomDelay` the run begins after the delay: give the monitor a grace period of at least that long.
 *
 * Functions only. A task that is a file runs in a process of its own, which no wrapper reaches: `monitorTask` watches it.
 *
 * @param monitor  One monitor for one job, a `CrontifyMonitor`. Something else is a warning, and the job runs without pings.
 * @throws {TypeError} if `job` is not a function, so that a path is refused at once and not at night.
 * @example
 * import { monitorJob } from '@crontify/node-cron'
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import cron from 'node-cron'
 *
 * const backup = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })
 * const task = cron.schedule(
 *   '0 2 * * *',
 *   monitorJob(backup, async (context) => ({ slot: context.date.getTime(), files_copied: 120 })),
 *   { name: 'nightly-backup', noOverlap: true, timezone: 'Etc/UTC' },
 * )
 * await task.destroy()
 */
export function monitorJob<Context, Result>(
  monitor: Pinger,
  job: (context: Context) => Result,
  options: MonitorJobOptions<Result> & { readonly awaitStart: true | number },
): (context: Context) => Promise<Awaited<Result>>
export function monitorJob<Context, Result>(
  monitor: Pinger,
  job: (context: Context) => Result,
  options?: MonitorJobOptions<Result>,
): (context: Context) => Result
export function monitorJob<Context, Result>(
  monitor: Pinger,
  job: (context: Context) => Result,
  options: MonitorJobOptions<Result> = {},
): (context: Context) => unknown {
  if (typeof job !== 'function') {
    throw new TypeError('monitorJob takes a function; a task that is a file is watched by monitorTask')
  }
  if (!isMonitor(monitor)) {
    warn(`monitorJob takes a monitor first, got ${nameOf(monitor)}. The job runs without pings.`)
    return job
  }
  const known = readRunOptions('monitorJob', options, { manual: [true, false], meta: [], awaitStart: [] })
  return monitored(monitor, job, {
    when: (context) => !isPingedByEvents(taskOf(context)) && (known.manual !== false || !isByHand(context)),
    meta: known.meta,
    awaitStart: known.awaitStart,
    attributes: TIMER,
  })
}

/** In the words of OpenTelemetry's semantic conventions. */
const TIMER = { 'faas.trigger': 'timer' } as const

function taskOf(context: unknown): unknown {
  return (context as { task?: unknown } | undefined)?.task
}
