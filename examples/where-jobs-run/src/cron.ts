import { CrontifyMonitor, monitored } from '@crontify/sdk'
import { currentRun } from '@crontify/sdk/context'
import { CronJob } from 'cron'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const onTick = monitored(monitor, async () => {
  currentRun()?.meta(await writeReport()) // cron wants jobs without a result
})
const job = CronJob.from({ cronTime: '0 2 * * *', onTick, timeZone: 'Europe/Berlin' })
await job.fireOnTick()
