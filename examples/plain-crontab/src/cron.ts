import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { Cron } from 'croner'

/** A line of a crontab that names a command, with the variables that stand above it. */
export interface CronJob {
  readonly schedule: string
  readonly command: string
  readonly env: Readonly<Record<string, string>>
}

const VARIABLE = /^([A-Za-z_]\w*)\s*=\s*(.*)$/
const JOB = /^((?:\S+\s+){4}\S+)\s+(.*)$/

/** Reads as much of a crontab as this example has: comments, variables and lines with five fields. */
export function readCrontab(crontab: string): readonly CronJob[] {
  const env: Record<string, string> = {}
  const jobs: CronJob[] = []
  for (const line of crontab.split('\n').map((text) => text.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const [, name, value = ''] = VARIABLE.exec(line) ?? []
    const [, schedule, command] = JOB.exec(line) ?? []
    if (name !== undefined) env[name] = value
    else if (schedule !== undefined && command !== undefined)
      jobs.push({ schedule, command, env: { ...env } })
    else throw new Error(`Not a line of a crontab: ${line}`)
  }
  return jobs
}

/** The next moment after `from`, in milliseconds since 1970, at which cron would run the job. */
export function nextRunOf(job: CronJob, from: number): number {
  const next = new Cron(job.schedule, { timezone: 'UTC', paused: true }).nextRun(new Date(from))
  if (next === null) throw new Error(`"${job.schedule}" never comes`)
  return next.getTime()
}

/** Runs a command as cron does: by a shell, with the variables of the crontab and hardly any others. */
export async function runAsCron(
  job: CronJob,
  overrides: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly mail: string }> {
  const env = { HOME: '/', LOGNAME: 'cron', ...job.env, ...overrides }
  const child = spawn('/bin/sh', ['-c', job.command], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  )
  const [code, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)])
  return { code, mail: stdout + stderr }
}
