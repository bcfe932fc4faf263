import { CrontifyMonitor } from '@crontify/sdk'
import { currentRun } from '@crontify/sdk/context'
import { monitorHandler } from '@crontify/web'
import { Hono } from 'hono'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const secret = 'only-the-scheduler-knows'
const answer = async (_request: Request) => {
  const result = await writeReport()
  currentRun()?.meta(result)
  return Response.json(result)
}
const handler = monitorHandler(monitor, answer, { secret })
const app = new Hono()
app.post('/cron/report', (context) => handler(context.req.raw))
await app.request('/cron/report', { method: 'POST', headers: { authorization: `Bearer ${secret}` } })
