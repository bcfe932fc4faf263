import { basename, dirname, join } from 'node:path'
import type { DiscoverProblem, Findings, FoundJob } from './discovered-job.ts'
import { fileKind } from './file-kind.ts'
import { crontabJobs, type CrontabMachine } from './sources/crontabs.ts'
import { githubJobs } from './sources/github-actions.ts'
import { kubernetesJobs } from './sources/kubernetes.ts'
import { serviceOf, timerJobs } from './sources/systemd-timers.ts'
import { vercelJobs } from './sources/vercel.ts'
import { wranglerJobs } from './sources/wrangler.ts'

/** The files to look at. */
export interface JobFiles {
  /** Paths of files and links, in a stable order. */
  readonly paths: readonly string[]
  /** The text of a regular file; `undefined` for anything else. */
  readonly read: (path: string) => string | undefined
}

/** Finds every scheduled job in some files. What cannot be read is a problem, and does not hide the rest. */
export function findJobs({ paths, read }: JobFiles, machine: CrontabMachine): Findings {
  const jobs: FoundJob[] = []
  const problems: DiscoverProblem[] = []
  const units = unitsOf(paths)
  for (const path of paths) {
    const kind = fileKind(path)
    if (kind === undefined || (kind === 'timer' && units.isSkipped(path))) continue
    const text = read(path)
    if (text === undefined) continue
    const beside = (name: string): string | undefined => read(join(dirname(path), name))
    const found = findingsOf(kind, text, path, {
      beside,
      machine: machineOf(path, read, machine),
      units,
      read,
    })
    jobs.push(...found.jobs)
    problems.push(...found.problems)
  }
  return { jobs, problems }
}

interface Surroundings {
  readonly beside: (name: string) => string | undefined
  readonly read: JobFiles['read']
  readonly machine: CrontabMachine
  readonly units: Units
}

function findingsOf(
  kind: NonNullable<ReturnType<typeof fileKind>>,
  text: string,
  path: string,
  { beside, read, machine, units }: Surroundings,
): Findings {
  switch (kind) {
    case 'crontab':
      return crontabJobs(text, path, machine)
    case 'timer': {
      const timer = [text, ...units.dropIns(path).map((file) => read(file) ?? '')]
      const service = units.unitFiles(serviceOf(path, timer)).map((file) => read(file) ?? '')
      return timerJobs({ file: path, timer, service, timezone: machine.timezone, program: machine.program })
    }
    case 'workflow':
      return githubJobs(text, path)
    case 'manifest':
      return kubernetesJobs(text, path)
    case 'vercel':
      return vercelJobs(text, path, beside)
    case 'wrangler':
      return wranglerJobs(text, path, beside)
  }
}

/** A tree of another machine can name the time zone of that machine. */
function machineOf(path: string, read: JobFiles['read'], machine: CrontabMachine): CrontabMachine {
  const [, root] = /^(.*?)\/(?:etc|var|usr|lib|run)\//.exec(path) ?? []
  const timezone = root === undefined ? undefined : read(`${root}/etc/timezone`)?.trim()
  return timezone === undefined || timezone === '' ? machine : { ...machine, timezone }
}

/** Where the parts of systemd units are. */
interface Units {
  /** True for a timer that another one replaces, or that is not enabled on a machine where others are. */
  isSkipped(timer: string): boolean
  dropIns(unit: string): readonly string[]
  /** The file of a unit by its name, and its drop-ins. */
  unitFiles(name: string): readonly string[]
}

/** Earlier folders replace units of the same name in later ones. */
const FOLDER_ORDER = ['/etc/systemd/', '/run/systemd/', '/usr/local/lib/', '/usr/lib/', '/lib/']

function unitsOf(paths: readonly string[]): Units {
  const wanted = paths.filter((path) => /\/[^/]+\.(?:wants|requires)\/[^/]+\.timer$/.test(path))
  const enabled = new Set(wanted.map((path) => basename(path)))
  const rank = (path: string): number => {
    const found = FOLDER_ORDER.findIndex((folder) => path.includes(folder))
    return found === -1 ? FOLDER_ORDER.length : found
  }
  const filesOf = (name: string): readonly string[] =>
    paths
      .filter((path) => basename(path) === name && !/\.(?:wants|requires)\//.test(path))
      .toSorted((a, b) => rank(a) - rank(b))
  const dropInsOf = (name: string): readonly string[] =>
    paths.filter((path) => basename(dirname(path)) === `${name}.d` && path.endsWith('.conf'))
  return {
    isSkipped: (timer) => {
      const name = basename(timer)
      if (/\.(?:wants|requires)\//.test(timer) || name.includes('@.')) return true
      if (rank(timer) === FOLDER_ORDER.length) return false
      return filesOf(name)[0] !== timer || (enabled.size > 0 && !enabled.has(name))
    },
    dropIns: (unit) => dropInsOf(basename(unit)),
    unitFiles: (name) => [...filesOf(name).slice(0, 1), ...dropInsOf(name)],
  }
}
