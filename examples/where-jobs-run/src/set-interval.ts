import { CrontifyMonitor, monitored } from '@crontify/sdk'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const job = monitored(monitor, writeReport)
const timer = setInterval(() => {
  void job().then(() => clearInterval(timer)) // once, so that this program ends
}, 10)
