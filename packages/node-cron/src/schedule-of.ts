import { nameOf } from '@crontify/sdk/adapter'

/** The fields of a monitor's definition that a task determines. */
export interface TaskSchedule {
  readonly schedule: string
  readonly timezone: string
  readonly scheduleDialect: 'node-cron'
}

/** What {@link scheduleOf} reads of a task. */
export interface ScheduledTaskLike {
  getPattern(): string
}

/**
 * When a task is due, as fields for a monitor's definition, so that both say the same.
 *
 * A task without `timezone` is read by node-cron in the time zone of the machine: here that is `UTC`, and the machine should run
 * in it. The dialect belongs to them because node-cron reads some expressions in its own way: where day of month and day of week are
 * both given it wants both to match, and of a clock hour that comes twice it uses only the first.
 *
 * @throws {TypeError} for something that is not a task of node-cron.
 * @example
 * import { scheduleOf } from '@crontify/node-cron'
 * import { defineMonitor } from '@crontify/sdk'
 * import cron from 'node-cron'
 *
 * const task = cron.createTask('0 2 * * *', () => {}, { timezone: 'Europe/Berlin' })
 * const definition = defineMonitor({ id: 'nightly-backup', ...scheduleOf(task) })
 */
export function scheduleOf(task: ScheduledTaskLike): TaskSchedule {
  // Not in node-cron's types: a function task has it as a property, a file task among its options.
  const { timezone, options } = (task ?? {}) as {
    timezone?: unknown
    options?: { timezone?: unknown } | undefined
  }
  const schedule: unknown = typeof task?.getPattern === 'function' ? task.getPattern() : undefined
  if (typeof schedule !== 'string') {
    throw new TypeError(
      `scheduleOf takes a task of node-cron, the object that cron.schedule() or cron.createTask() gives; this is ${nameOf(task)}`,
    )
  }
  const zone = timezone ?? options?.timezone
  return { schedule, timezone: typeof zone === 'string' ? zone : 'UTC', scheduleDialect: 'node-cron' }
}
