import { monitorRoute, requireSecret } from '@crontify/express'
import { CrontifyMonitor } from '@crontify/sdk'
import express from 'express'
import { call } from './call.ts'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const app = express()
const handler = monitorRoute(monitor, async (_request, response) => {
  const result = await writeReport()
  response.json(result)
  return result
})
app.post('/cron/report', requireSecret('only-the-scheduler-knows'), handler)
await call(app.listen(0, '127.0.0.1'))
await monitor.flush()
