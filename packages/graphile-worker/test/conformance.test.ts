import { describeAdapter, type JobOnScheduler, type RunningAdapter } from '@crontify/adapter-conformance'
import { afterAll, beforeAll, describe } from 'vitest'
import { monitorTask } from '../src/index.ts'
import { isExhausted, openWorker, VERSIONS, type WorkerRig } from './rig.ts'

const pinger = { start: () => {}, success: () => {}, fail: () => {} }
let numberOfTasks = 0

/** Two runners of one task; a run is a job of that task. */
async function runners(
  { run, add, until }: WorkerRig,
  { job, monitor, meta }: JobOnScheduler,
): Promise<RunningAdapter> {
  const name = `task-${++numberOfTasks}`
  let result: unknown
  const task = async (): Promise<void> => {
    result = await (job as () => unknown)()
    // A list would be results of a batch.
    return result as never
  }
  const taskList = { [name]: monitor === undefined ? task : monitorTask(monitor, task, { meta }) }
  const started = [await run(taskList), await run(taskList)]
  return {
    run: async () => {
      const failed = await until(await add(name), isExhausted)
      return failed === undefined
        ? { type: 'succeeded', result }
        : { type: 'failed', error: failed.last_error }
    },
    close: async () => {
      for (const runner of started) await runner.stop()
    },
  }
}

describe.each(VERSIONS)('on Graphile Worker %s', (version) => {
  let rig: WorkerRig
  beforeAll(async () => (rig = await openWorker(version)))
  afterAll(() => rig.close())

  describeAdapter(
    `@crontify/graphile-worker on Graphile Worker ${version}`,
    {
      kind: 'queue',
      open: (setting) => runners(rig, setting),
      wrongObjects: [
        { name: 'a list', watch: () => monitorTask(pinger, [] as never), says: /a task of Graphile Worker/ },
        { name: 'nothing', watch: () => monitorTask(pinger, undefined as never), says: /got undefined/ },
      ],
    },
    {
      'a job that is watched twice is pinged once, with one warning':
        'a task list has a task once; a task that is watched twice has a test of its own',
    },
  )
})
