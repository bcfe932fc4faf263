import { readSchedule, SCHEDULE_DIALECTS, type MonitorDefinition } from '@crontify/protocol'
import { uniqueId } from '../crontab/job-id.ts'
import type { DiscoveredJob, FoundJob } from './discovered-job.ts'

const MAX_ID_LENGTH = 60

/**
 * Decides which jobs have a monitor, and proposes one for each of the others.
 *
 * A job is covered if what it runs pings a monitor, or if a monitor with its name is defined: a job can ping from its own
 * code, which cannot be seen here.
 */
export function coverJobs(
  found: readonly FoundJob[],
  monitors: readonly Pick<MonitorDefinition, 'id'>[],
): readonly DiscoveredJob[] {
  const defined = new Set(monitors.map(({ id }) => id))
  const given = new Set([
    ...defined,
    ...found.flatMap(({ pings }) => (typeof pings === 'string' ? [pings] : [])),
  ])
  return found.map((job) => {
    const name = idOf(job.name)
    const covered = coverOf(job, name, defined)
    const id =
      typeof job.pings === 'string' ? job.pings : covered === undefined ? uniqueId(name, given) : name
    given.add(id)
    const definition = { id, comment: `${job.file}:${job.line}`, fields: { ...job.schedule } }
    return { ...job, id, covered, definition, scheduleProblem: problemOf(job) }
  })
}

function coverOf(job: FoundJob, name: string, defined: ReadonlySet<string>): string | undefined {
  if (typeof job.pings === 'string') return `it pings ${job.pings}`
  if (job.pings === true) return 'its code uses the client'
  return defined.has(name) ? `the monitor ${name} is defined` : undefined
}

function problemOf({ schedule, written }: FoundJob): string | undefined {
  if (schedule.everySeconds !== undefined) return undefined
  if (schedule.schedule === undefined) {
    return /^(?:@reboot|OnBootSec|OnStartupSec|OnActiveSec)\b[^,]*$/.test(written)
      ? undefined
      : 'no cron expression says the same, so the monitor alerts on failures only'
  }
  const dialect = SCHEDULE_DIALECTS.find((one) => one === schedule.scheduleDialect)
  const { problem } = readSchedule(schedule.schedule, dialect)
  return problem === undefined ? undefined : `the schedule must be ${problem}`
}

function idOf(name: string): string {
  const id = name
    .replaceAll(/[^A-Za-z0-9_]+/g, '-')
    .slice(0, MAX_ID_LENGTH)
    .replaceAll(/^-+|-+$/g, '')
    .toLowerCase()
  return id === '' ? 'job' : id
}
