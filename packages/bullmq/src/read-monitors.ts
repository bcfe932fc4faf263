import type { Pinger } from '@crontify/sdk/adapter'
import { attempt } from './attempt.ts'
import type { JobOf, WatchedJob, WorkerLike } from './bullmq-binding.ts'
import { nameOf } from './check-worker.ts'
import { warn } from './warn.ts'

/** Which monitor watches a job: by the id of its job scheduler, or by anything on the job. */
export type MonitorsOf<Worker extends WorkerLike> =
  Readonly<Record<string, Pinger>> | ((job: JobOf<Worker>) => Pinger | null | undefined)

/**
 * One question for both forms of `monitors`: which monitor watches this job? It never throws.
 *
 * @throws {TypeError} for an entry that is not a monitor.
 */
export function readMonitors(
  monitors: MonitorsOf<WorkerLike>,
  caller: string,
): (job: WatchedJob) => Pinger | undefined {
  if (typeof monitors === 'function') {
    const check = warnOfStrangers(caller)
    return (job) => check(attempt<unknown>(() => monitors(job as never), undefined))
  }
  const byScheduler = checked(monitors, caller)
  return ({ repeatJobKey }) => (repeatJobKey === undefined ? undefined : byScheduler.get(repeatJobKey))
}

/** A copy, by own names only: a scheduler may be called `constructor`, and the object may change later. */
function checked(monitors: unknown, caller: string): ReadonlyMap<string, Pinger> {
  if (typeof monitors !== 'object' || monitors === null) {
    throw new TypeError(
      `${caller}: "monitors" takes an object of monitors by the ids of job schedulers, or a function; this is ${nameOf(monitors)}`,
    )
  }
  const entries = Object.entries(monitors as Readonly<Record<string, unknown>>)
  for (const [id, monitor] of entries) {
    if (isMonitor(monitor)) continue
    throw new TypeError(
      `${caller}: "monitors" has something else than a monitor for the job scheduler "${id}": ${nameOf(monitor)}`,
    )
  }
  return new Map(entries as [string, Pinger][])
}

function warnOfStrangers(caller: string): (value: unknown) => Pinger | undefined {
  let hasWarned = false
  return (value) => {
    if (value === undefined || value === null) return undefined
    if (isMonitor(value)) return value
    if (!hasWarned) {
      warn(`${caller}: the function "monitors" gave something else than a monitor: ${nameOf(value)}`)
    }
    hasWarned = true
    return undefined
  }
}

function isMonitor(value: unknown): value is Pinger {
  const candidate = value as Partial<Record<'start' | 'success' | 'fail', unknown>> | null | undefined
  return ['start', 'success', 'fail'].every((method) => typeof candidate?.[method as 'start'] === 'function')
}
