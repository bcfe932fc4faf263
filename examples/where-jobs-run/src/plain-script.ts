import { CrontifyMonitor } from '@crontify/sdk'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
await monitor.wrap(writeReport)
