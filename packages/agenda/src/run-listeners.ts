import { createRunTracker, type Pinger, type RunTracker } from '@crontify/sdk/adapter'
import type { AgendaLike, Listener, RemoteJob, RunningJob } from './agenda-binding.ts'
import { takeMeta } from './job-meta.ts'
import { createRetries, idOf } from './retries.ts'

interface Run {
  readonly tracker: RunTracker
  readonly key: symbol
  failure?: { readonly error: unknown }
  hasRetry?: true
  /** Another instance has begun the job again, so the open run is not ours any more. */
  isTakenOver?: true
}

/**
 * Turns events into runs. A trailing `true` marks a start that another instance had and Agenda only repeats here: counted as
 * well, N instances would make N pings of it. What follows such a start comes with something else than a job of ours.
 */
export function runListeners(
  agenda: AgendaLike,
  monitorOf: (job: RunningJob) => Pinger | undefined,
  isAttempt: boolean,
): Readonly<Record<string, Listener>> {
  const retries = createRetries(agenda)
  const runs = new Map<RunningJob, Run>()
  const trackers = new WeakMap<Pinger, RunTracker>()
  const trackerOf = (job: RunningJob): RunTracker | undefined => {
    const monitor = monitorOf(job)
    if (monitor === undefined) return undefined
    const tracker = trackers.get(monitor) ?? createRunTracker(monitor, { kind: 'queued' })
    trackers.set(monitor, tracker)
    return tracker
  }
  const end = (job: RunningJob, send: (run: Run) => void): void => {
    const run = runs.get(job)
    runs.delete(job)
    if (run !== undefined && run.isTakenOver !== true) send(run)
  }
  return {
    start: (job: RunningJob & RemoteJob, isRemote?: boolean) => {
      if (isRemote === true) return takeOver(runs, job)
      const tracker = trackerOf(job)
      if (tracker === undefined) return
      const continued = isAttempt ? undefined : retries.continued(job)
      const key = continued ?? Symbol(job.attrs.name)
      runs.set(job, { tracker, key })
      if (continued === undefined) tracker.open(key)
      else tracker.adopt(key)
    },
    success: (job: RunningJob) => {
      const meta = takeMeta(job)
      // Agenda takes a child that was killed for one that ended well: its exit code is null.
      const signal = job.forkedChild?.signalCode
      end(job, ({ tracker, key }) =>
        typeof signal === 'string'
          ? tracker.fail(key, `the process of the job was ended by ${signal}`)
          : tracker.succeed(key, meta),
      )
    },
    fail: (error: unknown, job: RunningJob) => {
      const run = runs.get(job)
      if (run !== undefined) run.failure = { error }
    },
    retry: (job: RunningJob) => {
      const run = runs.get(job)
      if (run !== undefined) run.hasRetry = true
    },
    // Only here it is known whether a retry follows; after a success nothing is left to do.
    complete: (job: RunningJob) => {
      const meta = takeMeta(job)
      end(job, ({ tracker, key, failure, hasRetry }) => {
        if (hasRetry === true && !isAttempt) return retries.await(job, key)
        tracker.fail(key, failure?.error, { meta })
      })
    },
  }
}

function takeOver(runs: ReadonlyMap<RunningJob, Run>, { jobId }: RemoteJob): void {
  for (const [job, run] of runs) if (idOf(job) === String(jobId)) run.isTakenOver = true
}
