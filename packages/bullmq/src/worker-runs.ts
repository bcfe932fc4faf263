import { createRunTracker, type Pinger, type RunAttributes, type RunTracker } from '@crontify/sdk/adapter'
import type { WatchedJob, WorkerEvents, WorkerLike } from './bullmq-binding.ts'
import { carrierOf } from './carrier-of.ts'
import { keepJobLog } from './keep-job-log.ts'
import type { MonitorWorkerOptions } from './monitor-worker.ts'
import { runPhase } from './run-phase.ts'

/** The runs of one worker's jobs. */
export interface WorkerRuns {
  readonly listeners: Pick<WorkerEvents, 'active' | 'completed' | 'failed'>
  /** Calls the processor of a job inside its run. */
  call<Result>(job: WatchedJob, processor: () => Result): Result
  /** The processor has handed the job back, to be continued later: no event says so. */
  handedBack(job: WatchedJob): void
  /** The worker is closed: forgets all runs, and gives the ids of the jobs that were running. */
  leaveAll(): readonly string[]
}

interface ActiveJob {
  readonly tracker: RunTracker
  readonly key: string
  readonly jobId: string
  isRunning: boolean
}

export function createWorkerRuns(
  queueName: string,
  monitorFor: (job: WatchedJob) => Pinger | undefined,
  options: Pick<MonitorWorkerOptions<WorkerLike>, 'runs' | 'stalled' | 'meta'>,
): WorkerRuns {
  const isAttempt = options.runs === 'attempt'
  // Ids of jobs are unique in one queue, and a monitor may watch several.
  const keyOf = (job: WatchedJob): string =>
    `${queueName}:${job.id}${isAttempt ? `#${job.attemptsStarted}` : ''}`
  /** In the words of OpenTelemetry's semantic conventions. */
  const attributesOf = (job: WatchedJob): RunAttributes => ({
    'faas.trigger': 'pubsub',
    'messaging.system': 'bullmq',
    'messaging.destination.name': queueName,
    'messaging.message.id': `${job.id}`,
  })
  const trackers = new WeakMap<Pinger, RunTracker>()
  const active = new Map<string, ActiveJob>()
  const trackerFor = (job: WatchedJob): RunTracker | undefined => {
    const monitor = monitorFor(job)
    if (monitor === undefined) return undefined
    const tracker = trackers.get(monitor) ?? createRunTracker(monitor, { kind: 'queued' })
    trackers.set(monitor, tracker)
    return tracker
  }
  /** Jobs that were active without a monitor; the function is not asked again when they end. */
  const unwatched = new WeakSet<WatchedJob>()
  /** The end of a run goes where its start went, even if the function would choose otherwise by now. */
  const ended = (job: WatchedJob): RunTracker | undefined => {
    const known = active.get(keyOf(job))
    active.delete(keyOf(job))
    return known?.tracker ?? (unwatched.has(job) ? undefined : trackerFor(job))
  }
  const begin = (tracker: RunTracker, job: WatchedJob): void => {
    const key = keyOf(job)
    const phase = isAttempt ? 'begins' : runPhase(job)
    const isLost = phase === 'recovers' && options.stalled === 'fail'
    if (isLost) {
      tracker.adopt(key)
      tracker.fail(key, 'the worker that ran the job was lost (the job stalled)')
    }
    const take = isLost || phase === 'begins' ? tracker.open : tracker.adopt
    keepJobLog(job, take(key, attributesOf(job), carrierOf(job)))
    active.set(key, { tracker, key, jobId: `${job.id}`, isRunning: true })
  }
  return {
    listeners: {
      active: (job) => {
        const tracker = trackerFor(job)
        if (tracker === undefined) unwatched.add(job)
        else begin(tracker, job)
      },
      completed: (job, result) => {
        const { meta } = options
        const make = typeof meta === 'function' ? (given: never) => meta(given, job as never) : meta
        ended(job)?.complete(keyOf(job), result, make)
      },
      failed: (job, error) => {
        if (job === undefined) return
        if (isAttempt || job.finishedOn !== undefined) ended(job)?.fail(keyOf(job), error)
        else rest(active.get(keyOf(job)))
      },
    },
    call: (job, processor) => {
      const run = active.get(keyOf(job))
      return run === undefined ? processor() : run.tracker.call(run.key, processor)
    },
    handedBack: (job) => rest(active.get(keyOf(job))),
    leaveAll: () => {
      const all = [...active.values()]
      active.clear()
      for (const { tracker, key } of all) tracker.leave(key)
      return all.filter(({ isRunning }) => isRunning).map(({ jobId }) => jobId)
    },
  }
}

/** Another attempt follows, perhaps in another worker. */
function rest(run: ActiveJob | undefined): void {
  if (run === undefined) return
  run.isRunning = false
  run.tracker.rest(run.key)
}
