import { listen } from '@crontify/sdk/adapter'
import { checkTask } from './check-task.ts'
import type { CronTaskLike } from './cron-task.ts'
import { noticeListeners } from './notice-listeners.ts'
import type { TaskNotice } from './task-notice.ts'

/**
 * Tells what node-cron knows of a task and no ping tells: ticks that were skipped, missed, overlapped or given to another replica.
 * For tasks whose function is watched by `monitorJob`; `monitorTask` takes `onNotice` itself. It sends no ping.
 *
 * While it watches for missed runs, node-cron does not log them itself, because somebody listens.
 *
 * @param onNotice  Whatever it throws is ignored.
 * @returns a function that stops listening.
 * @throws {TypeError} for something else than a task.
 * @example
 * import { watchTask } from '@crontify/node-cron'
 * import cron from 'node-cron'
 *
 * const task = cron.createTask('0 2 * * *', () => {})
 * const stop = watchTask(task, (notice) => console.warn(notice.kind, notice.at.toISOString()))
 * stop()
 */
export function watchTask(task: CronTaskLike, onNotice: (notice: TaskNotice) => void): () => void {
  checkTask(task, 'watchTask')
  if (typeof onNotice !== 'function') {
    throw new TypeError('watchTask takes a function that is told the notices')
  }
  return listen(task, noticeListeners(onNotice))
}
