import { defineMonitor } from '@crontify/sdk'

/** What Crontify is to watch. The tests read this file, and so may whatever creates the monitors of the real service. */
export const userSync = defineMonitor({
  id: 'user-sync',
  schedule: '0 3 * * *',
  timezone: 'Europe/Berlin',
  graceSeconds: 600,
  maxDurationSeconds: 1_800,
  channels: ['on-call'],
  rules: [{ field: 'records_processed', operator: 'eq', threshold: 0 }],
})

export const channels = [{ id: 'on-call', kind: 'pagerduty', routingKey: 'from-the-vault' }] as const
