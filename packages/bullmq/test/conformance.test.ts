import { describeAdapter, type JobOnScheduler, type RunningAdapter } from '@crontify/adapter-conformance'
import type { Job, Queue } from 'bullmq'
import { afterAll, beforeAll } from 'vitest'
import { monitorWorker } from '../src/index.ts'
import { closeRedis, connectionToRedis, openRedis, VERSIONS, type BullMq } from './rig.ts'

beforeAll(openRedis)
afterAll(closeRedis)

let numberOfQueues = 0

/** A queue and its worker; a run is a job of that queue. */
async function worker(lib: BullMq, { job, monitor, meta }: JobOnScheduler): Promise<RunningAdapter> {
  const connection = connectionToRedis()
  const queue: Queue = new lib.Queue(`conformance-${++numberOfQueues}`, { connection })
  const works = new lib.Worker(queue.name, async () => job(), { connection, concurrency: 2 })
  works.on('error', () => {})
  const watch = (): unknown => monitor && monitorWorker(works, { monitors: () => monitor, meta })
  watch()
  const ended = new Map<string, (seen: Awaited<ReturnType<RunningAdapter['run']>>) => void>()
  works.on('completed', (done: Job) => {
    ended.get(`${done.id}`)?.({ type: 'succeeded', result: done.returnvalue as unknown })
  })
  works.on('failed', (done: Job | undefined) => {
    ended.get(`${done?.id}`)?.({ type: 'failed', error: done?.failedReason })
  })
  let runs = 0
  return {
    run: () =>
      new Promise((resolve) => {
        const jobId = `run-${++runs}`
        ended.set(jobId, resolve)
        void queue.add('report', {}, { jobId })
      }),
    watchAgain: watch,
    close: async () => {
      await works.close(true)
      await queue.obliterate({ force: true })
      await queue.close()
    },
  }
}

const monitors = {}

for (const [version, lib] of VERSIONS) {
  describeAdapter(
    `@crontify/bullmq on BullMQ ${version}`,
    {
      kind: 'queue',
      open: (setting) => worker(lib, setting),
      wrongObjects: [
        {
          name: 'a function',
          watch: () => monitorWorker((() => {}) as never, { monitors }),
          says: /takes a Worker of BullMQ.*this is a function/,
        },
        {
          name: 'nothing',
          watch: () => monitorWorker(undefined as never, { monitors }),
          says: /is undefined/,
        },
      ],
    },
    {
      'a job that throws undefined':
        'BullMQ has no event for it: the job stays active until it stalls, and the run is found hung',
      'a result that throws when it is looked at changes nothing':
        'BullMQ stores each result as JSON, and fails the job itself when that does not work',
    },
  )
}
