import type { Paint } from '../terminal/colors.ts'
import type { DiscoveredJob } from './discovered-job.ts'
import type { Discovery } from './discover.ts'

/** What was found, for people: the jobs without a monitor first, with the lines that would monitor them. */
export function discoverText({ jobs, problems }: Discovery, paint: Paint): string {
  const uncovered = jobs.filter(({ covered }) => covered === undefined)
  const covered = jobs.filter(({ covered }) => covered !== undefined)
  const notRead = problems.map(
    ({ file, line, message }) => `${paint('yellow', 'not read')}  ${place(file, line)}: ${message}\n`,
  )
  return [
    ...uncovered.map((job) => uncoveredText(job, paint)),
    ...covered.map((job) => coveredText(job, paint)),
    covered.length > 0 ? '\n' : '',
    ...notRead,
    notRead.length > 0 ? '\n' : '',
    summary(jobs.length, uncovered.length, paint),
  ].join('')
}

function uncoveredText(job: DiscoveredJob, paint: Paint): string {
  const rows = [
    ['schedule', scheduleText(job)],
    ['runs', job.runs],
    ...(job.scheduleProblem === undefined ? [] : [['note', job.scheduleProblem]]),
    ['define', definitionLine(job)],
  ]
  const lines = job.monitoredBy(job.id)
  return [
    `${paint('red', 'no monitor')}  ${paint('bold', job.id)}  ${paint('grey', `${job.source}, ${place(job.file, job.line)}`)}\n`,
    ...rows.map(([name = '', text = '']) => `  ${name.padEnd(8)}  ${text}\n`),
    ...lines.map((line, index) => `  ${(index === 0 ? 'change' : '').padEnd(8)}  ${line}\n`),
    '\n',
  ].join('')
}

function coveredText({ id, source, file, line, covered }: DiscoveredJob, paint: Paint): string {
  return `${paint('green', 'monitored ')}  ${id}  ${paint('grey', `${source}, ${place(file, line)}: ${covered ?? ''}`)}\n`
}

function scheduleText({ written, schedule }: DiscoveredJob): string {
  const { schedule: cron, everySeconds, timezone } = schedule
  const read = cron ?? (everySeconds === undefined ? undefined : `every ${everySeconds} s`)
  const zone = timezone === undefined ? '' : ` (${timezone})`
  return read === undefined || read === written ? `${written}${zone}` : `${written}, which is ${read}${zone}`
}

function definitionLine({ definition: { id, fields } }: DiscoveredJob): string {
  const texts = Object.entries({ id, ...fields }).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  return `defineMonitor({ ${texts.join(', ')} })`
}

function place(file: string, line: number | undefined): string {
  return line === undefined ? file : `${file}:${line}`
}

function summary(total: number, uncovered: number, paint: Paint): string {
  if (total === 0) return 'No scheduled jobs found.\n'
  const text = `${total} scheduled ${total === 1 ? 'job' : 'jobs'}, ${uncovered} without a monitor.\n`
  return paint(uncovered === 0 ? 'green' : 'red', text.trimEnd()) + '\n'
}
