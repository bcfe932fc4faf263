import { CrontifyMonitor } from '@crontify/sdk'
import cron, { type ScheduledTask } from 'node-cron'
import { expectTypeOf, test } from 'vitest'
import { monitorTask, watchTask, type TaskNotice } from './index.ts'

const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })
const task = cron.createTask('0 2 * * *', './backup.js')

test('a task stays the task of node-cron', () => {
  expectTypeOf(monitorTask(monitor, task)).toEqualTypeOf<ScheduledTask>()
})

test('the result of a file is unknown, and metadata are numbers', () => {
  monitorTask(monitor, task, {
    meta: (result) => {
      expectTypeOf(result).toEqualTypeOf<unknown>()
      return { rows: 1 }
    },
  })
  // @ts-expect-error metadata are numbers, not texts
  monitorTask(monitor, task, { meta: () => ({ rows: 'many' }) })
})

test('what a notice has besides follows from its kind', () => {
  watchTask(task, (notice) => {
    expectTypeOf(notice).toEqualTypeOf<TaskNotice>()
    if (notice.kind === 'process-lost') expectTypeOf(notice.error).toEqualTypeOf<unknown>()
  })
})

test('a function is no task', () => {
  // @ts-expect-error functions are for monitorJob
  const refused = () => monitorTask(monitor, () => {})
  expectTypeOf(refused).toBeFunction()
})
