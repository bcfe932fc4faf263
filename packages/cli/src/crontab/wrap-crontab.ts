import { readCrontabLine } from './crontab-line.ts'
import { jobId, uniqueId } from './job-id.ts'
import { wrapCommand } from './wrap-command.ts'

/** A job that was found, as its monitor's definition will say it. */
export interface FoundJob {
  readonly id: string
  /** `undefined` for `@reboot`, which is not due at any time. */
  readonly schedule: string | undefined
  readonly timezone: string
}

/** A crontab whose jobs are watched. */
export interface WrappedCrontab {
  readonly text: string
  readonly jobs: readonly FoundJob[]
}

/** What is known of the machine on which cron runs. */
export interface WrapSettings {
  readonly hasUsers: boolean
  readonly program: string
  /** IANA name of the zone that cron runs in. */
  readonly timezone: string
}

const DEFAULT_SHELL = '/bin/sh'
const WRAPPED = /\bcrontify\b.*\bexec\s+([A-Za-z0-9_-]+)/

/** Wraps each job of a crontab. Jobs that are wrapped already, and everything that is no job, stay byte for byte. */
export function wrapCrontab(text: string, { hasUsers, program, timezone }: WrapSettings): WrappedCrontab {
  const lines = text.split('\n').map((line) => readCrontabLine(line, hasUsers))
  const given = new Set(
    lines.flatMap((line) => (line.type === 'job' ? (WRAPPED.exec(line.command)?.slice(1, 2) ?? []) : [])),
  )
  const jobs: FoundJob[] = []
  const variables = new Map<string, string>()
  const wrapped = lines.map((line) => {
    if (line.type === 'variable') variables.set(line.name, line.value)
    if (line.type !== 'job' || WRAPPED.test(line.command)) return line.text
    const id = uniqueId(jobId(line.command), given)
    given.add(id)
    jobs.push({
      id,
      schedule: /^@reboot$/i.test(line.schedule) ? undefined : line.schedule,
      timezone: variables.get('CRON_TZ') ?? timezone,
    })
    return (
      line.before +
      wrapCommand(line.command, id, program, variables.get('SHELL') ?? DEFAULT_SHELL) +
      line.input
    )
  })
  return { text: wrapped.join('\n'), jobs }
}

/** The definitions of these jobs' monitors, as a configuration file. */
export function definitionsText(jobs: readonly FoundJob[]): string {
  const entries = jobs.map(({ id, schedule, timezone }) => {
    const fields = [
      `id: '${id}'`,
      ...(schedule === undefined ? [] : [`schedule: '${schedule}'`, `timezone: '${timezone}'`]),
    ]
    return `  defineMonitor({ ${fields.join(', ')} }),\n`
  })
  return `import { defineMonitor } from '@crontify/sdk'\n\nexport const monitors = [\n${entries.join('')}]\n`
}
