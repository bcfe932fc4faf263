import { CrontifyMonitor } from '@crontify/sdk'
import type { JobHelpers, Task, TaskList } from 'graphile-worker'
import type { JobHelpers as JobHelpers18, TaskList as TaskList18 } from 'graphile-worker-18'
import { expectTypeOf, test } from 'vitest'
import { monitorTask } from './index.ts'

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how Graphile Worker takes the types of tasks
  namespace GraphileWorker {
    interface Tasks {
      report: { readonly month: string }
    }
  }
}

const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })

test('a task has the types of Graphile Worker', () => {
  const taskList: TaskList = {
    sync: monitorTask(monitor, (payload, { job }) => {
      expectTypeOf(payload).toBeAny()
      expectTypeOf(job).toEqualTypeOf<JobHelpers['job']>()
    }),
    mails: monitorTask(monitor, async () => [Promise.resolve(1)]),
    numbers: monitorTask(monitor, async () => ({ mails: 3 })),
  }
  void taskList
})

test('a task whose payload is declared has it', () => {
  const report: Task<'report'> = monitorTask(monitor, async ({ month }) => ({ rows: month.length }))
  const taskList: TaskList = { report }
  void taskList
})

test('a task has the types of Graphile Worker 0.18', () => {
  const task = monitorTask(monitor, async (payload, helpers: JobHelpers18) => {
    helpers.logger.info(String(payload))
  })
  const taskList: TaskList18 = { report: task }
  void taskList
})

test('meta gets the result', () => {
  monitorTask(monitor, async () => ['a', 'b'], {
    meta: (files) => {
      expectTypeOf(files).toEqualTypeOf<string[]>()
      return { files: files.length }
    },
  })
  monitorTask(monitor, async () => {}, { meta: false })
  // @ts-expect-error metadata are numbers by their names
  monitorTask(monitor, async () => {}, { meta: () => 'two' })
})
