import { basename } from 'node:path'
import { userColumnOf } from '../../crontab/user-column.ts'
import { wrapCrontab } from '../../crontab/wrap-crontab.ts'
import type { Findings } from '../discovered-job.ts'
import { pingsIn } from '../seen-pings.ts'

/** What is known of the machine that a crontab is for. */
export interface CrontabMachine {
  readonly program: string
  readonly timezone: string
  readonly users: ReadonlySet<string>
}

/** Jobs of a crontab, of a user or of the system. */
export function crontabJobs(text: string, file: string, machine: CrontabMachine): Findings {
  const column = userColumnOf(text, { path: file, users: machine.users })
  if (column === 'unclear') {
    const message = 'it is unclear whether it has a user column; look at it with crontify crontab'
    return { jobs: [], problems: [{ file, line: undefined, message }] }
  }
  const { jobs } = wrapCrontab(text, { ...machine, hasUsers: column === 'yes' })
  return {
    jobs: jobs.map(({ line, id, schedule, timezone, command, wrapped, isMonitored }) => ({
      source: 'crontab',
      file,
      line,
      name: isMonitored ? id : (runPartsName(command) ?? id.replace(/-\d+$/, '')),
      written: schedule ?? '@reboot',
      schedule: schedule === undefined ? {} : { schedule, scheduleDialect: 'vixie', timezone },
      runs: command,
      pings: isMonitored ? id : pingsIn(command),
      monitoredBy: (wanted) => [wrapped.replace(`exec ${id} --`, `exec ${wanted} --`)],
    })),
    problems: [],
  }
}

/** `cron-daily` says more than `run-parts`. */
function runPartsName(command: string): string | undefined {
  const [, folder] = /\brun-parts\b.*\s(\/\S+)/.exec(command) ?? []
  return folder === undefined ? undefined : basename(folder).replaceAll('.', '-')
}
