import { CrontifyMonitor, defineMonitor } from '@crontify/sdk'
import type { Job, Queue, Worker } from 'bullmq'
import type { Job as Job5, Queue as Queue5, Worker as Worker5 } from 'bullmq-5'
import { expectTypeOf, test } from 'vitest'
import {
  monitorWorker,
  rollUpWorker,
  scheduleOf,
  watchSchedulers,
  type JobOf,
  type ResultOf,
  type SchedulerNotice,
  type WorkerNotice,
} from './index.ts'

interface Report {
  readonly month: string
}
interface Counts {
  readonly rows: number
}

declare const worker: Worker<Report, Counts, 'report'>
declare const worker5: Worker5<Report, Counts, 'report'>
declare const queue: Queue
declare const queue5: Queue5
const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })

test('the types of the job and of its result are those of the worker, in both versions', () => {
  expectTypeOf<JobOf<typeof worker>>().toEqualTypeOf<Job<Report, Counts, 'report'>>()
  expectTypeOf<ResultOf<typeof worker>>().toEqualTypeOf<Counts>()
  expectTypeOf<JobOf<typeof worker5>>().toEqualTypeOf<Job5<Report, Counts, 'report'>>()
  expectTypeOf<ResultOf<typeof worker5>>().toEqualTypeOf<Counts>()
  expectTypeOf<ResultOf<Worker>>().toBeAny()
})

test('the callbacks get the job and the result', () => {
  const detach = monitorWorker(worker, {
    monitors: (job) => {
      expectTypeOf(job).toEqualTypeOf<Job<Report, Counts, 'report'>>()
      return job.data.month === '2026-01' ? monitor : undefined
    },
    meta: (result, job) => {
      expectTypeOf(result).toEqualTypeOf<Counts>()
      expectTypeOf(job.data).toEqualTypeOf<Report>()
      return { rows: result.rows }
    },
    onNotice: (notice) => expectTypeOf(notice).toEqualTypeOf<WorkerNotice>(),
  })
  expectTypeOf(detach).toEqualTypeOf<() => void>()
  monitorWorker(worker5, {
    monitors: { 'nightly-report': monitor },
    meta: (result) => ({ rows: result.rows }),
  })
})

test('a field that the result does not have, and metadata that are no numbers, do not compile', () => {
  // @ts-expect-error the result has rows, not lines
  monitorWorker(worker, { monitors: {}, meta: (result) => ({ rows: result.lines }) })
  // @ts-expect-error metadata are numbers
  monitorWorker(worker, { monitors: {}, meta: () => ({ rows: 'many' }) })
})

test('a queue is no worker, and a worker no queue', () => {
  // @ts-expect-error a queue processes no jobs
  monitorWorker(queue, { monitors: {} })
  // @ts-expect-error a queue processes no jobs
  rollUpWorker(queue, monitor)
  // @ts-expect-error a worker has no list of schedulers
  watchSchedulers(worker, { onNotice: () => {} })
})

test('queues of both versions list their schedulers', () => {
  const onNotice = ({ kind }: SchedulerNotice): string => kind
  watchSchedulers(queue, { onNotice })
  watchSchedulers(queue5, { onNotice })
})

test('a scheduler of either version becomes a part of a definition', async () => {
  defineMonitor({ id: 'report', ...scheduleOf(await queue.getJobScheduler('report')) })
  defineMonitor({ id: 'report', ...scheduleOf(await queue5.getJobScheduler('report')) })
})
