import { CrontifyMonitor } from '@crontify/sdk'
import { createRouteRuns } from '@crontify/sdk/adapter'
import Koa from 'koa'
import { call } from './call.ts'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const watch = createRouteRuns(monitor, {})
const app = new Koa()
app.use((ctx, next) => watch({ response: ctx.res, call: next }))
app.use(async (ctx) => {
  ctx.body = 'done'
  return writeReport()
})
await call(app.listen(0, '127.0.0.1'))
await monitor.flush()
