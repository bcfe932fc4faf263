import { readCrontabLine } from './crontab-line.ts'
import { jobId, uniqueId } from './job-id.ts'
import { wrapCommand } from './wrap-command.ts'

/** A job of a crontab. */
export interface CrontabJob {
  /** Line number, from 1. */
  readonly line: number
  readonly id: string
  /** `undefined` for `@reboot`, which is due at no time. */
  readonly schedule: string | undefined
  readonly timezone: string
  readonly user: string | undefined
  /** As it stands in the crontab, without its standard input. */
  readonly command: string
  /** The line that monitors it; the line as it is if it already does. */
  readonly wrapped: string
  readonly isMonitored: boolean
}

/** A crontab whose jobs are monitored. */
export interface WrappedCrontab {
  readonly text: string
  /** Every job, in the order of its lines. */
  readonly jobs: readonly CrontabJob[]
}

/** What is known of the machine on which cron runs. */
export interface WrapSettings {
  readonly hasUsers: boolean
  readonly program: string
  /** IANA name of the time zone that cron runs in. */
  readonly timezone: string
  /** Ids that are used elsewhere. */
  readonly givenIds?: Iterable<string>
}

const DEFAULT_SHELL = '/bin/sh'
const MONITORED = /\bcrontify(?:\.js)?['"]?\s+exec\s+([A-Za-z0-9_-]+)/

/** Wraps each job of a crontab. Jobs that are monitored already, and everything else, stay byte for byte. */
export function wrapCrontab(text: string, settings: WrapSettings): WrappedCrontab {
  const { hasUsers, program, timezone, givenIds = [] } = settings
  const lines = text.split('\n').map((line) => readCrontabLine(line, hasUsers))
  const given = new Set([
    ...givenIds,
    ...lines.flatMap((line) => (line.type === 'job' ? (monitoredBy(line.command) ?? []) : [])),
  ])
  const jobs: CrontabJob[] = []
  const variables = new Map<string, string>()
  const wrapped = lines.map((line, index) => {
    if (line.type === 'variable') variables.set(line.name, line.value)
    if (line.type !== 'job') return line.text
    const monitored = monitoredBy(line.command)
    const id = monitored ?? uniqueId(jobId(line.command), given)
    given.add(id)
    const shell = variables.get('SHELL') ?? DEFAULT_SHELL
    const wrappedLine =
      monitored === undefined
        ? line.before + wrapCommand(line.command, { id, program, shell }) + line.input + line.lineEnd
        : line.text
    jobs.push({
      line: index + 1,
      id,
      schedule: /^@reboot$/i.test(line.schedule) ? undefined : line.schedule,
      timezone: variables.get('CRON_TZ') ?? timezone,
      user: line.user,
      command: line.command.trim(),
      wrapped: wrappedLine,
      isMonitored: monitored !== undefined,
    })
    return wrappedLine
  })
  return { text: wrapped.join('\n'), jobs }
}

/** The id of the monitor that a command is run under. */
export function monitoredBy(command: string): string | undefined {
  return MONITORED.exec(command)?.[1]
}
