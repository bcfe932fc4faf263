import { CrontifyMonitor } from '@crontify/sdk'

await new CrontifyMonitor({ monitorId: 'nightly-backup' }).wrap(() => undefined)
