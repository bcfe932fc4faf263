import type { Pinger } from '@crontify/sdk/adapter'
import type { AgendaJobLike } from './agenda-binding.ts'
import { attempt } from './attempt.ts'
import { nameOf } from './check-agenda.ts'
import { warn } from './warn.ts'

/** Which monitor watches a job: by its full name, or by anything on the job. */
export type MonitorsOfJobs =
  Readonly<Record<string, Pinger>> | ((job: AgendaJobLike) => Pinger | null | undefined)

/**
 * One question for both forms of `monitors`: which monitor watches this job? It never throws.
 *
 * @throws {TypeError} for an entry that is not a monitor.
 */
export function readMonitors(monitors: MonitorsOfJobs): (job: AgendaJobLike) => Pinger | undefined {
  if (typeof monitors === 'function') {
    const check = warnOfStrangers()
    return (job) => check(attempt<unknown>(() => monitors(job), undefined))
  }
  const byName = checked(monitors)
  return ({ attrs }) => byName.get(attrs.name)
}

/** A copy, by own names only: a job may be called `constructor`, and the object may change later. */
function checked(monitors: unknown): ReadonlyMap<string, Pinger> {
  if (typeof monitors !== 'object' || monitors === null) {
    throw new TypeError(
      `monitorAgenda: "monitors" takes an object of monitors by the names of jobs, or a function; this is ${nameOf(monitors)}`,
    )
  }
  const entries = Object.entries(monitors as Readonly<Record<string, unknown>>)
  for (const [name, monitor] of entries) {
    if (isMonitor(monitor)) continue
    throw new TypeError(
      `monitorAgenda: "monitors" has something else than a monitor for the job "${name}": ${nameOf(monitor)}`,
    )
  }
  return new Map(entries as [string, Pinger][])
}

function warnOfStrangers(): (value: unknown) => Pinger | undefined {
  let hasWarned = false
  return (value) => {
    if (value === undefined || value === null) return undefined
    if (isMonitor(value)) return value
    if (!hasWarned) {
      warn(`monitorAgenda: the function "monitors" gave something else than a monitor: ${nameOf(value)}`)
    }
    hasWarned = true
    return undefined
  }
}

function isMonitor(value: unknown): value is Pinger {
  const candidate = value as Partial<Record<'start' | 'success' | 'fail', unknown>> | null | undefined
  return ['start', 'success', 'fail'].every((method) => typeof candidate?.[method as 'start'] === 'function')
}
