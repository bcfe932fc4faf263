import { createRunTracker, type Listener, type Pinger, type RunTracker } from '@crontify/sdk/adapter'
import type { AgendaLike, RemoteJob, RunningJob } from './agenda-binding.ts'
import { attachRun } from './job-meta.ts'
import { createRetries, idOf } from './retries.ts'

interface OpenRun {
  readonly tracker: RunTracker
  readonly key: symbol
  failure?: { readonly error: unknown }
  hasRetry?: true
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
  const runs = new Map<RunningJob, OpenRun>()
  const trackers = new WeakMap<Pinger, RunTracker>()
  const trackerOf = (job: RunningJob): RunTracker | undefined => {
    const monitor = monitorOf(job)
    if (monitor === undefined) return undefined
    const tracker = trackers.get(monitor) ?? createRunTracker(monitor, { kind: 'queued' })
    trackers.set(monitor, tracker)
    return tracker
  }
  const end = (job: RunningJob, send: (run: OpenRun) => void): void => {
    const run = runs.get(job)
    runs.delete(job)
    if (run !== undefined) send(run)
  }
  return {
    start: (job: RunningJob & RemoteJob, isRemote?: boolean) => {
      if (isRemote === true) return takeOver(runs, job)
      const tracker = trackerOf(job)
      if (tracker === undefined) return
      const continued = isAttempt ? undefined : retries.continued(job)
      const key = continued ?? Symbol(job.attrs.name)
      runs.set(job, { tracker, key })
      const attributes = { 'faas.trigger': 'timer', 'code.function.name': job.attrs.name }
      attachRun(job, continued === undefined ? tracker.open(key, attributes) : tracker.adopt(key, attributes))
      // Agenda calls the job's function from the very call that has emitted this event.
      tracker.enter(key)
    },
    success: (job: RunningJob) => {
      // Agenda takes a child that was killed for one that ended well: its exit code is null.
      const signal = job.forkedChild?.signalCode
      end(job, ({ tracker, key }) =>
        typeof signal === 'string'
          ? tracker.fail(key, `the process of the job was ended by ${signal}`)
          : tracker.succeed(key),
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
      end(job, ({ tracker, key, failure, hasRetry }) => {
        if (hasRetry !== true || isAttempt) return tracker.fail(key, failure?.error)
        tracker.rest(key)
        retries.await(job, key)
      })
    },
  }
}

/** Another instance has begun the job again, so that the open run is not ours anymore. */
function takeOver(runs: Map<RunningJob, OpenRun>, { jobId }: RemoteJob): void {
  for (const [job, { tracker, key }] of runs) {
    if (idOf(job) !== String(jobId)) continue
    runs.delete(job)
    tracker.leave(key)
  }
}
