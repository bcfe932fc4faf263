import { CrontifyMonitor } from '@crontify/sdk'
import cron, { type ScheduledTask, type TaskContext } from 'node-cron'
import { expectTypeOf, test } from 'vitest'
import { monitorJob } from './index.ts'

const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })

test('the context of a job written in place is the one of node-cron', () => {
  const task = cron.createTask(
    '0 2 * * *',
    monitorJob(monitor, (context) => {
      expectTypeOf(context).toEqualTypeOf<TaskContext>()
    }),
  )
  expectTypeOf(task).toEqualTypeOf<ScheduledTask>()
})

test('a job keeps its own type', () => {
  const job = async (context: TaskContext): Promise<{ rows: number }> => ({ rows: context.date.getTime() })
  expectTypeOf(monitorJob(monitor, job)).toEqualTypeOf<typeof job>()
})

test('the meta function gets what the job resolves with', () => {
  monitorJob(monitor, async () => ({ count: 1 }), {
    meta: (result) => {
      expectTypeOf(result).toEqualTypeOf<{ count: number }>()
      return { rows: result.count }
    },
  })
  // @ts-expect-error metadata are numbers, not texts
  monitorJob(monitor, () => 'done', { meta: (result) => ({ rows: result }) })
})

test('a path is no job', () => {
  // @ts-expect-error a file task runs in another process
  const refused = () => monitorJob(monitor, './backup.js')
  expectTypeOf(refused).toBeFunction()
})

test('a job that waits for its start gives a promise', () => {
  const job = (): number => 3
  expectTypeOf(monitorJob(monitor, job, { awaitStart: true })).returns.toEqualTypeOf<Promise<number>>()
  expectTypeOf(monitorJob(monitor, job, {})).returns.toEqualTypeOf<number>()
})
