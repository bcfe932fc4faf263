import { CrontifyMonitor, monitored } from '@crontify/sdk'
import { currentRun } from '@crontify/sdk/context'
import { AsyncTask, SimpleIntervalJob, ToadScheduler } from 'toad-scheduler'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const scheduler = new ToadScheduler()
const handler = monitored(monitor, async () => {
  currentRun()?.meta(await writeReport()) // toad-scheduler wants jobs without a result
  scheduler.stop() // once, so that this program ends
})
const task = new AsyncTask('report', handler)
scheduler.addSimpleIntervalJob(new SimpleIntervalJob({ hours: 24, runImmediately: true }, task))
