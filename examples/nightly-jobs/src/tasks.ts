import { join } from 'node:path'
import { monitorJob } from '@crontify/node-cron'
import type { CrontifyMonitor } from '@crontify/sdk'
import cron, { type ScheduledTask } from 'node-cron'
import { backupFiles } from './jobs/backup-files.ts'
import { rebuildIndex } from './jobs/rebuild-index.ts'
import { rotateLogs } from './jobs/rotate-logs.ts'
import { syncUsers } from './jobs/sync-users.ts'
import { writeInvoices, type Sleep } from './jobs/write-invoices.ts'
import { monitors, type JobName } from './monitors.ts'

/** What the tasks need of the place where they run. */
export interface Workplace {
  /** Where the files are. */
  readonly directory: string
  readonly sleep: Sleep
  /** Goes around each job; the demo uses it to know when all jobs rest. */
  readonly around: <Result>(job: () => Promise<Result>) => Promise<Result>
}

/** Creates the five node-cron tasks, stopped: `start()` sets one going. */
export function createTasks(
  clients: Readonly<Record<JobName, CrontifyMonitor>>,
  workplace: Workplace,
): Readonly<Record<JobName, ScheduledTask>> {
  const { directory, sleep, around } = workplace
  const at = (name: string): string => join(directory, name)
  const task = (name: JobName, job: () => Promise<Record<string, number>>): ScheduledTask =>
    cron.createTask(
      monitors[name].schedule,
      monitorJob(clients[name], () => around(job)),
      { name: monitors[name].id, timezone: 'Etc/UTC', logger: SILENT },
    )
  return {
    filesBackup: task('filesBackup', () => backupFiles(at('documents'), at('backup'))),
    userSync: task('userSync', () => syncUsers(at('feed.json'), at('users.json'))),
    invoiceRun: task('invoiceRun', () => writeInvoices(at('orders.json'), at('invoices'), sleep)),
    searchIndex: task('searchIndex', () => rebuildIndex(at('documents'), at('index.json'), sleep)),
    logRotation: task('logRotation', () => rotateLogs(at('logs'), at('archive'))),
  }
}

/** node-cron prints the errors of jobs; here Crontify tells of them. */
const SILENT = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} }
