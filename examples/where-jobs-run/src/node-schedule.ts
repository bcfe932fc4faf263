import { CrontifyMonitor, monitored } from '@crontify/sdk'
import schedule from 'node-schedule'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const job = schedule.scheduleJob('0 2 * * *', monitored(monitor, writeReport))
await job.invoke()
job.cancel()
