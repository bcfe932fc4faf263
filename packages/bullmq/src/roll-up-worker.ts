import {
  createRunTracker,
  createWatchedOnce,
  isMonitor,
  listen,
  nameOf,
  readRunOptions,
  warn,
  type Pinger,
} from '@crontify/sdk/adapter'
import type { WatchedJob, WorkerEvents, WorkerLike } from './bullmq-binding.ts'
import { checkWorker } from './check-worker.ts'
import type { Clock } from './clock.ts'
import { readInterval } from './read-interval.ts'
import { createRollUp } from './roll-up.ts'
import { systemClock } from './system-clock.ts'

/** How {@link rollUpWorker} sums up the jobs of a worker. */
export interface RollUpOptions {
  /**
   * Milliseconds that one ping sums up, at least 1,000. The monitor expects a ping every so often: `everySeconds`.
   *
   * @default 60_000
   */
  readonly everyMs?: number | undefined
  /**
   * The share of jobs, from 0 to 1, that may fail for good in an interval; above it, the interval is reported as failed.
   *
   * @default 0.05
   */
  readonly failAbove?: number | undefined
}

const watched = createWatchedOnce<WorkerLike>()

/**
 * Sums up what a BullMQ worker does, for queues with more jobs than a key may send pings: one ping per interval, with counts and
 * durations as metadata, whatever number of jobs.
 *
 * The ping is a success or a fail without a start, as a heartbeat is, so that several workers may share a monitor without
 * overlapping. It is also sent when there were no jobs, with `jobs_completed: 0` for a rule to look at; a worker process that is
 * dead or stuck sends none, and is missed. To miss one worker of several, give each a monitor of its own.
 *
 * The metadata: `jobs_completed`; `jobs_failed`, for good; `attempts_retried`; `jobs_stalled`; `failed_percent`; and, where there
 * were jobs, `duration_ms_p95` within 1 %, and `duration_ms_max`, of the last attempt of each job.
 *
 * @returns a function that sends what has been counted since the last ping, and ends it. The worker's own end does the same.
 * Afterwards `await monitor.flush()` waits for the ping. It never holds the process.
 * @throws {TypeError} for something else than a `Worker`, `RangeError` for numbers out of range. A second call for the same
 * worker counts nothing and says so in a warning. Nothing else is ever thrown.
 * @example
 * import { rollUpWorker } from '@crontify/bullmq'
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { Worker } from 'bullmq'
 *
 * const worker = new Worker('mails', async () => {}, { connection: { port: 6379 }, concurrency: 50 })
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'mail-worker' })
 * rollUpWorker(worker, monitor, { everyMs: 60_000, failAbove: 0.01 })
 */
export function rollUpWorker(worker: WorkerLike, monitor: Pinger, options: RollUpOptions = {}): () => void {
  return rollUpWorkerBy(systemClock, worker, monitor, options)
}

/** {@link rollUpWorker} on any clock. */
export function rollUpWorkerBy(
  clock: Clock,
  worker: WorkerLike,
  monitor: Pinger,
  options: RollUpOptions = {},
): () => void {
  checkWorker(worker, 'rollUpWorker')
  const { everyMs = 60_000, failAbove = 0.05 } = readRunOptions('rollUpWorker', options, {
    everyMs: [],
    failAbove: [],
  })
  const waitMs = readInterval(everyMs, 1_000, 'rollUpWorker')
  if (!(failAbove >= 0 && failAbove <= 1)) {
    throw new RangeError(
      `rollUpWorker: "failAbove" is ${String(failAbove)}; accepted is a share from 0 to 1, such as 0.05 for 5 %`,
    )
  }
  if (!isMonitor(monitor)) {
    warn(`rollUpWorker takes a monitor second, got ${nameOf(monitor)}. The worker runs without pings.`)
    return () => {}
  }
  const isFirst = watched.claim(
    worker,
    `rollUpWorker was called again for a worker of the queue "${worker.name}"; the second call counts nothing`,
  )
  if (!isFirst) return () => {}
  const runs = createRunTracker(monitor, { kind: 'queued' })
  let interval = createRollUp()
  let isEnded = false
  const send = (): void => {
    const verdict = interval.verdict(failAbove)
    interval = createRollUp()
    const key = Symbol('interval')
    if (verdict.type === 'success') return runs.succeed(key, verdict.meta)
    runs.fail(key, verdict.message, { meta: verdict.meta, log: verdict.log })
  }
  const stopTimer = clock.every(waitMs, send)
  const end = (): void => {
    if (isEnded) return
    isEnded = true
    watched.release(worker)
    stopTimer()
    stopListening()
    send()
  }
  const stopListening = listen(worker, {
    completed: (job) => interval.completed(durationOf(job)),
    failed: (job) => {
      if (job?.finishedOn === undefined) return interval.retried()
      interval.failed(durationOf(job), job.failedReason ?? 'an unknown error')
    },
    stalled: () => interval.stalled(),
    closed: end,
  } satisfies Partial<WorkerEvents>)
  return end
}

/** Milliseconds of the attempt that ended the job. */
function durationOf({ processedOn, finishedOn }: WatchedJob): number | undefined {
  return processedOn === undefined || finishedOn === undefined ? undefined : finishedOn - processedOn
}
