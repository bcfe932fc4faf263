import {
  createRunTracker,
  isMonitor,
  listen,
  nameOf,
  readRunOptions,
  warn,
  type Meta,
  type Pinger,
} from '@crontify/sdk/adapter'
import { checkTask } from './check-task.ts'
import type { CronTaskLike, EventContext, EventExecution } from './cron-task.ts'
import { isByHand } from './is-by-hand.ts'
import { noticeListeners } from './notice-listeners.ts'
import { claimTask } from './pinged-tasks.ts'
import type { TaskNotice } from './task-notice.ts'

/** How {@link monitorTask} reads the runs of a task. */
export interface MonitorTaskOptions {
  /**
   * Whether a run by hand, through `task.execute()`, counts as a run.
   *
   * @default true
   */
  readonly manual?: boolean | undefined
  /**
   * Makes the success ping's metadata from the run's result. If it throws, the ping goes without. `false` sends nothing of the
   * result.
   *
   * @default the finite numbers of a plain object; with a schema in the monitor's definition, only its fields
   */
  readonly meta?: false | ((result: unknown) => Meta | undefined) | undefined
  /** Told what node-cron knows and no ping tells. Whatever it throws is ignored. */
  readonly onNotice?: ((notice: TaskNotice) => void) | undefined
}

/**
 * Pings for the runs of a task that is a file, which node-cron runs in a process of its own.
 *
 * It only listens to the task's events. When the task's process is killed in the middle of a run, the run fails; when it ends by
 * itself there, as with `process.exit()` or at a SIGTERM, node-cron says nothing and Crontify finds the run hung.
 *
 * For a task that is a function take `monitorJob`: node-cron emits a run's start before the wait of `maxRandomDelay`, so that
 * here the start ping comes too early by it, and a run that `stop()` cancels in that wait is left open.
 *
 * @param monitor  One monitor for one task, a `CrontifyMonitor`. Something else is a warning, and the task runs without pings.
 * @returns the task.
 * @throws {TypeError} for something else than a task. A second call for the same task watches nothing and says so in a warning.
 * Nothing else is ever thrown.
 * @example
 * import { monitorTask } from '@crontify/node-cron'
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import cron from 'node-cron'
 *
 * const backup = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })
 * const task = monitorTask(backup, cron.createTask('0 2 * * *', './backup.js', { timezone: 'Etc/UTC' }))
 * await task.start()
 */
export function monitorTask<Task extends CronTaskLike>(
  monitor: Pinger,
  task: Task,
  options: MonitorTaskOptions = {},
): Task {
  checkTask(task, 'monitorTask')
  if (!isMonitor(monitor)) {
    warn(`monitorTask takes a monitor first, got ${nameOf(monitor)}. The task runs without pings.`)
    return task
  }
  if (!claimTask(task)) {
    warn(
      'monitorTask was called again for the same task; the second call watches nothing, because each run would be pinged twice',
    )
    return task
  }
  const known = readRunOptions('monitorTask', options, { manual: [true, false], meta: [], onNotice: [] })
  const runs = createRunTracker(monitor)
  const underWay = new Set<string>()
  const ended = (context: EventContext | undefined): EventExecution | undefined => {
    const execution = context?.execution
    return execution !== undefined && underWay.delete(execution.id) ? execution : undefined
  }
  listen(task, {
    'execution:started': (context) => {
      const execution = context?.execution
      if (execution === undefined || (known.manual === false && isByHand(context))) return
      underWay.add(execution.id)
      runs.open(execution.id, { 'faas.trigger': 'timer' })
    },
    'execution:finished': (context) => {
      const execution = ended(context)
      if (execution !== undefined) runs.complete(execution.id, execution.result, known.meta)
    },
    'execution:failed': (context) => {
      const execution = ended(context)
      if (execution !== undefined) runs.fail(execution.id, execution.error)
    },
    ...noticeListeners(known.onNotice),
  } satisfies Readonly<Record<string, (context: EventContext | undefined) => void>>)
  return task
}
