import { execFileSync } from 'node:child_process'
import { lstatSync } from 'node:fs'
import { userInfo } from 'node:os'
import { relative, resolve } from 'node:path'
import type { MonitorDefinition } from '@crontify/protocol'
import { UsageError } from '../command-line/command-spec.ts'
import { localUsers } from '../crontab/local-users.ts'
import { cronProgram } from '../own-program.ts'
import type { World } from '../world.ts'
import { coverJobs } from './cover-jobs.ts'
import type { DiscoveredJob, DiscoverProblem } from './discovered-job.ts'
import { SYSTEM_PLACES } from './file-kind.ts'
import { findJobs } from './find-jobs.ts'
import { readText, walk } from './walk.ts'

/** What was found. */
export interface Discovery {
  readonly jobs: readonly DiscoveredJob[]
  readonly problems: readonly DiscoverProblem[]
}

/** Where to look, and what to leave out. */
export interface DiscoverSettings {
  /** Folders; `/` stands for the places of this machine where jobs are defined. */
  readonly folders: readonly string[]
  /** Jobs whose file or id holds one of these texts are left out. */
  readonly ignored: readonly string[]
  readonly monitors: readonly Pick<MonitorDefinition, 'id'>[]
}

/**
 * Finds the scheduled jobs of folders and of this machine, and which of them have a monitor.
 *
 * @throws {UsageError} for a folder that does not exist.
 */
export function discover(settings: DiscoverSettings, world: World): Discovery {
  const texts = new Map<string, string>()
  const paths = settings.folders.flatMap((folder) => pathsOf(folder, texts))
  const found = findJobs(
    { paths: [...new Set(paths)], read: (path) => texts.get(path) ?? readText(path) },
    {
      program: cronProgram(world.program),
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      users: localUsers(),
    },
  )
  const isIgnored = (...names: string[]): boolean =>
    settings.ignored.some((text) => names.some((name) => name.includes(text)))
  const jobs = coverJobs(found.jobs, settings.monitors).map((job) => ({ ...job, file: shownPath(job.file) }))
  return {
    jobs: jobs.filter(({ file, id, name }) => !isIgnored(file, id, name)),
    problems: found.problems
      .filter(({ file }) => !isIgnored(file))
      .map((problem) => ({ ...problem, file: shownPath(problem.file) })),
  }
}

function pathsOf(folder: string, texts: Map<string, string>): readonly string[] {
  const root = resolve(folder)
  if (root !== '/') {
    if (lstatSync(root, { throwIfNoEntry: false }) === undefined)
      throw new UsageError(`${folder} does not exist`)
    return [...walk(root)]
  }
  const places = SYSTEM_PLACES.flatMap((place) => {
    const found = lstatSync(place, { throwIfNoEntry: false })
    // /lib is a link to /usr/lib on many machines.
    return found === undefined ? [] : found.isDirectory() ? [...walk(place)] : [place]
  })
  return [...places, ...ownCrontab(places, texts)]
}

/** The crontab of this user, where only root can read the files. */
function ownCrontab(places: readonly string[], texts: Map<string, string>): readonly string[] {
  const path = `/var/spool/cron/crontabs/${userInfo().username}`
  if (places.some((place) => place.startsWith('/var/spool/cron/'))) return []
  try {
    texts.set(
      path,
      execFileSync('crontab', ['-l'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )
    return [path]
  } catch {
    // No crontab, or no cron.
    return []
  }
}

/** Relative below the current directory. */
function shownPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') || short === '' ? path : short
}
