import { createRunTracker, numbersOf, type Meta, type Pinger, type RunTracker } from '@crontify/sdk/adapter'
import { attempt } from './attempt.ts'
import { listen, type JobOf, type ResultOf, type WatchedJob, type WorkerLike } from './bullmq-binding.ts'
import { checkWorker } from './check-worker.ts'
import type { WorkerNotice } from './notice.ts'
import { readMonitors, type MonitorsOf } from './read-monitors.ts'
import { runPhase } from './run-phase.ts'
import { schedulerOfJob } from './scheduler-of-job.ts'
import { warn } from './warn.ts'

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
   * Makes the success ping's metadata from the result of the processor. If it throws, the ping goes without.
   *
   * @default the finite numbers of a plain object; nothing for any other result
   */
  readonly meta?: ((result: ResultOf<Worker>, job: JobOf<Worker>) => Meta | undefined) | undefined
  /** Told what the worker knows and no ping tells. Whatever it throws is ignored. */
  readonly onNotice?: ((notice: WorkerNotice) => void) | undefined
}

const watched = new WeakSet<WorkerLike>()

/**
 * Pings for the runs of job schedulers that a BullMQ worker processes. Call it in every worker process.
 *
 * It only listens to the worker's events, which come after the store has taken an outcome: the processor, its arguments, its
 * signal and its timing are untouched, and a processor in a file is watched as well. N workers send one pair of pings for a
 * job, also when its attempts hop from one to the other. No job waits for a ping.
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
  const monitorFor = readMonitors(options.monitors as MonitorsOf<WorkerLike>, 'monitorWorker')
  if (watched.has(worker)) {
    warn(
      `monitorWorker was called again for a worker of the queue "${worker.name}"; the second call watches nothing, because each run would be pinged twice`,
    )
    return () => {}
  }
  watched.add(worker)
  const stop = listen(worker, {
    ...runListeners(monitorFor, options as MonitorWorkerOptions<WorkerLike>),
    ...noticeListeners(options.onNotice),
  })
  return () => {
    stop()
    watched.delete(worker)
  }
}

function runListeners(
  monitorFor: (job: WatchedJob) => Pinger | undefined,
  options: MonitorWorkerOptions<WorkerLike>,
): Pick<Parameters<typeof listen>[1], 'active' | 'completed' | 'failed'> {
  const isAttempt = options.runs === 'attempt'
  const keyOf = (job: WatchedJob): string => (isAttempt ? `${job.id}#${job.attemptsStarted}` : `${job.id}`)
  const trackers = new WeakMap<Pinger, RunTracker>()
  const active = new WeakMap<WatchedJob, RunTracker | undefined>()
  const ask = (job: WatchedJob): RunTracker | undefined => {
    const monitor = monitorFor(job)
    if (monitor === undefined) return undefined
    const tracker = trackers.get(monitor) ?? createRunTracker(monitor, { kind: 'queued' })
    trackers.set(monitor, tracker)
    return tracker
  }
  // The end of a run goes where its start went, even if the function would choose otherwise by now.
  const known = (job: WatchedJob): RunTracker | undefined => (active.has(job) ? active.get(job) : ask(job))
  return {
    active: (job) => {
      const runs = ask(job)
      active.set(job, runs)
      if (runs === undefined) return
      const phase = isAttempt ? 'begins' : runPhase(job)
      if (phase === 'begins') return void runs.open(keyOf(job))
      runs.adopt(keyOf(job))
      if (phase === 'continues' || options.stalled !== 'fail') return
      runs.fail(keyOf(job), 'the worker that ran the job was lost (the job stalled)')
      runs.open(keyOf(job))
    },
    completed: (job, result) => {
      const { meta } = options
      known(job)?.succeed(
        keyOf(job),
        meta === undefined
          ? numbersOf(result)
          : attempt(() => meta(result as never, job as never), undefined),
      )
    },
    failed: (job, error) => {
      if (job === undefined) return
      if (isAttempt || job.finishedOn !== undefined) known(job)?.fail(keyOf(job), error)
    },
  }
}

function noticeListeners(
  onNotice: ((notice: WorkerNotice) => void) | undefined,
): Parameters<typeof listen>[1] {
  if (onNotice === undefined) return {}
  const tell = (notice: WorkerNotice): void => attempt(() => onNotice(notice), undefined)
  return {
    stalled: (jobId) => tell({ kind: 'stalled', jobId, schedulerId: schedulerOfJob(jobId) }),
    lockRenewalFailed: (jobIds) => tell({ kind: 'lock-lost', jobIds: [...jobIds] }),
  }
}
