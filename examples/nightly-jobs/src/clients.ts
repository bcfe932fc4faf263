import { CrontifyMonitor } from '@crontify/sdk'
import { monitors, type JobName } from './monitors.ts'

/** One client per job. Without options, key and address come from the environment. */
export function createClients(
  options: { apiKey?: string; baseUrl?: string } = {},
): Record<JobName, CrontifyMonitor> {
  const client = (name: JobName) => new CrontifyMonitor({ ...options, monitorId: monitors[name].id })
  return {
    filesBackup: client('filesBackup'),
    userSync: client('userSync'),
    invoiceRun: client('invoiceRun'),
    searchIndex: client('searchIndex'),
    logRotation: client('logRotation'),
  }
}
