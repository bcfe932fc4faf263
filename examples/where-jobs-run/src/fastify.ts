import { monitorRoute, requireSecret } from '@crontify/fastify'
import { CrontifyMonitor } from '@crontify/sdk'
import Fastify from 'fastify'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const app = Fastify()
app.post(
  '/cron/report',
  { onRequest: requireSecret('only-the-scheduler-knows') },
  monitorRoute(monitor, writeReport),
)
await app.inject({
  method: 'POST',
  url: '/cron/report',
  headers: { authorization: 'Bearer only-the-scheduler-knows' },
})
await app.close()
await monitor.flush()
