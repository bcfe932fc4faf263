import { CrontifyMonitor } from '@crontify/sdk'

new CrontifyMonitor({ monitorId: 'nightly-backup' })
