import { describeAdapter, type JobOnScheduler, type RunningAdapter } from '@crontify/adapter-conformance'
import { createRunTracker } from '@crontify/sdk/adapter'
import cron, { type ScheduledTask, type TaskFn } from 'node-cron'
import { monitorJob, monitorTask } from '../src/index.ts'
import { NEVER_SOON, quiet } from './support/rig.ts'

const pinger = { start: () => {}, success: () => {}, fail: () => {} }

function running(task: ScheduledTask, watchAgain?: () => unknown): RunningAdapter {
  return {
    run: () =>
      task.execute().then(
        (result: unknown) => ({ type: 'succeeded', result }) as const,
        (error: unknown) => ({ type: 'failed', error }) as const,
      ),
    ...(watchAgain && { watchAgain }),
    close: async () => task.destroy(),
  }
}

const taskOf = (job: TaskFn): ScheduledTask => cron.createTask(NEVER_SOON, job, { logger: quiet })

describeAdapter('@crontify/node-cron, monitorJob', {
  kind: 'job',
  open: async ({ monitor, job, meta }: JobOnScheduler) => {
    if (monitor === undefined) return running(taskOf(job))
    const task = taskOf(monitorJob(monitor, job, { meta }))
    return running(task, () => monitorTask(monitor, task))
  },
  wrongObjects: [
    { name: 'a path', watch: () => monitorJob(pinger, './backup.js' as never), says: /takes a function/ },
    { name: 'a task', watch: () => monitorJob(pinger, taskOf(() => {}) as never), says: /takes a function/ },
  ],
})

const isElsewhere = 'monitorTask hears events only: the job of a file task runs in another process'

describeAdapter(
  '@crontify/node-cron, monitorTask',
  {
    kind: 'job',
    open: async ({ monitor, job, meta }: JobOnScheduler) => {
      const task = taskOf(job)
      if (monitor === undefined) return running(task)
      monitorTask(monitor, task, { meta })
      return running(task, () => monitorTask(monitor, task))
    },
    wrongObjects: [
      {
        name: 'a function',
        watch: () => monitorTask(pinger, (() => {}) as never),
        says: /a function is watched by/,
      },
      { name: 'a path', watch: () => monitorTask(pinger, './backup.js' as never), says: /a string/ },
      {
        name: 'a tracker',
        watch: () => monitorTask(pinger, createRunTracker(pinger) as never),
        says: /takes a task/,
      },
    ],
  },
  {
    'currentRun() finds the run in the job, and its metadata reach the success': isElsewhere,
    'metadata, log lines and captured console lines reach the fail': isElsewhere,
    'lines of pino and winston reach the fail, from their level on': isElsewhere,
  },
)
