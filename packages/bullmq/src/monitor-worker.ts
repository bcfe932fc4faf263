import {
  createWatchedOnce,
  listen,
  readMonitors,
  readRunOptions,
  type Meta,
  type MonitorsByName,
  type Pinger,
} from '@crontify/sdk/adapter'
import type { JobOf, ResultOf, WatchedJob, WorkerLike } from './bullmq-binding.ts'
import { checkWorker } from './check-worker.ts'
import { callInsideRuns } from './call-inside-runs.ts'
import type { WorkerNotice } from './notice.ts'
import { noticeListeners } from './notice-listeners.ts'
import { createWorkerRuns } from './worker-runs.ts'

/** Which monitor watches a job: by the id of its job scheduler, or by anything on the job. */
export type MonitorsOf<Worker extends WorkerLike> =
  Readonly<Record<string, Pinger>> | ((job: JobOf<Worker>) => Pinger | null | undefined)

/** How {@link monitorWorker} reads the jobs of a worker. */
export interface MonitorWorkerOptions<Worker extends WorkerLike> {
  /**
   * A monitor for each job scheduler, by the first argument of `queue.upsertJobScheduler`. Other jobs send nothing.
   *
   * A function may choose by anything on the job; it is asked once for each activation, and one that throws means no
   * monitor. Mind that jobs which run at the same time under one monitor are overlaps, and that a key has 120 pings a
   * minute [D KEYS]: for a busy queue take {@link rollUpWorker}.
   */
  readonly monitors: MonitorsOf<Worker>
  /**
   * What a run is. With `'job'` it lasts from the first activation to the result or the last failure, retries and the
   * waits between them included. With `'attempt'` each attempt is a run, and each failed one alerts.
   *
   * @default 'job'
   */
  readonly runs?: 'job' | 'attempt' | undefined
  /**
   * What to make of a job whose worker was lost. With `'continue'` the run goes on: a job that another worker finishes is a
   * success, and one that kills every worker is found to be hung. With `'fail'` the lost run fails when another worker takes
   * the job up, and a new one begins; where a job has been both lost and retried or delayed, the run goes on.
   * With `runs: 'attempt'` the next attempt begins a run in any case, and Crontify calls the lost one overlapped.
   *
   * @default 'continue'
   */
  readonly stalled?: 'continue' | 'fail' | undefined
  /**
   * Makes the success ping's metadata from the result of the processor. If it throws, the ping goes without. `false` sends nothing
   * of the result.
   *
   * @default the finite numbers of a plain object; with a schema in the monitor's definition, only its fields
   */
  readonly meta?: false | ((result: ResultOf<Worker>, job: JobOf<Worker>) => Meta | undefined) | undefined
  /**
   * Called with what the worker knows and no ping tells. Whatever it throws is ignored.
   *
   * @default a warning for jobs that were running when the worker was closed by force; nothing for the others
   */
  readonly onNotice?: ((notice: WorkerNotice) => void) | undefined
}

const watched = createWatchedOnce<WorkerLike>()

/**
 * Pings for the runs of job schedulers that a BullMQ worker processes. Call it in every worker process.
 *
 * The worker's events, which come after the store has taken an outcome, say how a run ends; a processor in a file is watched as
 * well. A processor that is a function is called inside the run, so that `currentRun()` of `@crontify/sdk/context` and the captured
 * console work in it; its `this`, arguments, result and timing are untouched. Lines of `job.log` are in the log of a fail ping. N
 * workers send one pair of pings for a job, also when its attempts hop from one to the other. No job waits for a ping.
 *
 * @returns a function that stops listening. `worker.close()` waits for the jobs; then `await monitor.flush()` for the pings.
 * @throws {TypeError} for something else than a `Worker`, and for a monitor that is none. A second call for the same worker
 * watches nothing and says so in a warning. Nothing else is ever thrown.
 * @example
 * import { monitorWorker } from '@crontify/bullmq'
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { Worker } from 'bullmq'
 *
 * const worker = new Worker('reports', async () => ({ rows: 120 }), { connection: { port: 6379 } })
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })
 * monitorWorker(worker, { monitors: { 'nightly-report': monitor } })
 */
export function monitorWorker<Worker extends WorkerLike>(
  worker: Worker,
  options: MonitorWorkerOptions<Worker>,
): () => void {
  checkWorker(worker, 'monitorWorker')
  const monitorFor = readMonitors(options?.monitors as MonitorsByName<WatchedJob>, {
    caller: 'monitorWorker',
    what: 'the job scheduler',
    nameOfJob: ({ repeatJobKey }) => repeatJobKey,
  })
  const isFirst = watched.claim(
    worker,
    `monitorWorker was called again for a worker of the queue "${worker.name}"; the second call watches nothing, because each run would be pinged twice`,
  )
  if (!isFirst) return () => {}
  const known = readRunOptions('monitorWorker', options, {
    monitors: [],
    runs: ['job', 'attempt'],
    stalled: ['continue', 'fail'],
    meta: [],
    onNotice: [],
  })
  const runs = createWorkerRuns(worker.name, monitorFor, known as unknown as MonitorWorkerOptions<WorkerLike>)
  const notices = noticeListeners(worker.name, known.onNotice, runs)
  const stops = [listen(worker, { ...runs.listeners, ...notices }), callInsideRuns(worker, runs)]
  return () => {
    for (const stop of stops) stop()
    watched.release(worker)
  }
}
