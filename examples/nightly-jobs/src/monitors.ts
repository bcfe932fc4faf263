import type { MonitorDefinition } from '@crontify/protocol'

/** The monitors of the five jobs, as they would be set up in the dashboard. */
export const monitors = {
  filesBackup: {
    id: 'files-backup',
    schedule: '0 */6 * * *',
    graceSeconds: 600,
    maxDurationSeconds: 1_800,
    rules: [{ field: 'files_copied', operator: 'eq', threshold: 0 }],
    tier: 1,
  },
  userSync: {
    id: 'user-sync',
    schedule: '30 */4 * * *',
    graceSeconds: 600,
    rules: [{ field: 'records_processed', operator: 'eq', threshold: 0 }],
    tier: 2,
  },
  invoiceRun: {
    id: 'invoice-run',
    schedule: '0 */2 * * *',
    graceSeconds: 600,
    maxDurationSeconds: 4 * 3_600,
    tier: 1,
  },
  searchIndex: {
    id: 'search-index',
    schedule: '15 */3 * * *',
    graceSeconds: 600,
    maxDurationSeconds: 1_200,
    tier: 3,
  },
  logRotation: { id: 'log-rotation', schedule: '45 */3 * * *', graceSeconds: 600, tier: 3 },
} as const satisfies Record<string, MonitorDefinition>

/** Short names of the jobs. */
export type JobName = keyof typeof monitors
