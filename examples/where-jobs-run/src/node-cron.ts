import { monitorJob } from '@crontify/node-cron'
import { CrontifyMonitor } from '@crontify/sdk'
import cron from 'node-cron'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const task = cron.schedule('0 2 * * *', monitorJob(monitor, writeReport))
await task.execute()
await task.destroy()
