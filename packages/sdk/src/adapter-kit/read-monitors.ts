import type { Pinger } from '../run/layers/pinger.ts'
import { attempt } from './attempt.ts'
import { isMonitor } from './is-monitor.ts'
import { nameOf } from './name-of.ts'
import { warn } from './warn.ts'

/** Which monitor watches a job: by a name that the scheduler knows it by, or by anything on the job. */
export type MonitorsByName<Job> = Readonly<Record<string, Pinger>> | ((job: Job) => Pinger | null | undefined)

/** How the names of {@link MonitorsByName} are read. */
export interface ReadMonitorsOptions<Job> {
  /** The function of the adapter, for messages. */
  readonly caller: string
  /** What the names are, for messages: "the job scheduler". */
  readonly what: string
  readonly nameOfJob: (job: Job) => string | undefined
}

/**
 * One question for both forms of `monitors`: which monitor watches this job? It never throws.
 *
 * @throws {TypeError} for an entry that is not a monitor.
 */
export function readMonitors<Job>(
  monitors: MonitorsByName<Job>,
  { caller, what, nameOfJob }: ReadMonitorsOptions<Job>,
): (job: Job) => Pinger | undefined {
  if (typeof monitors === 'function') {
    const check = warnOfStrangers(caller)
    return (job) => check(attempt<unknown>(() => monitors(job), FAILED))
  }
  const byName = checked(monitors, caller, what)
  return (job) => {
    const name = nameOfJob(job)
    return name === undefined ? undefined : byName.get(name)
  }
}

/** A copy, by own names only: a job may be called `constructor`, and the object may change later. */
function checked(monitors: unknown, caller: string, what: string): ReadonlyMap<string, Pinger> {
  if (typeof monitors !== 'object' || monitors === null) {
    throw new TypeError(
      `${caller}: "monitors" must be an object of monitors, named by ${what}, or a function; this is ${nameOf(monitors)}`,
    )
  }
  const entries = Object.entries(monitors as Readonly<Record<string, unknown>>)
  for (const [name, monitor] of entries) {
    if (isMonitor(monitor)) continue
    throw new TypeError(
      `${caller}: "monitors" must have a monitor for ${what} "${name}"; this is ${nameOf(monitor)}`,
    )
  }
  return new Map(entries as [string, Pinger][])
}

/** In the place of a monitor, where the function gave none. */
const FAILED = {}

function warnOfStrangers(caller: string): (value: unknown) => Pinger | undefined {
  let hasWarned = false
  return (value) => {
    if (value === undefined || value === null) return undefined
    if (isMonitor(value)) return value
    const got = value === FAILED ? 'a function that throws or is async' : nameOf(value)
    if (!hasWarned) warn(`${caller}: the function "monitors" must return a monitor; this is ${got}`)
    hasWarned = true
    return undefined
  }
}
