import { CrontifyMonitor, monitored } from '@crontify/sdk'
import { currentRun } from '@crontify/sdk/context'
import { Cron } from 'croner'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const report = monitored(monitor, async () => {
  currentRun()?.meta(await writeReport()) // croner wants jobs without a result
})
const job = new Cron('0 2 * * *', { timezone: 'Europe/Berlin' }, report)
await job.trigger()
job.stop()
