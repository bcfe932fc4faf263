import { CrontifyMonitor } from '@crontify/sdk'
import { currentRun } from '@crontify/sdk/context'
import { monitorHandler } from '@crontify/web'

export const dynamic = 'force-dynamic'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })

/** The nightly report: the scheduler sends `Authorization: Bearer $CRON_SECRET`. */
export const GET = monitorHandler(monitor, async () => {
  currentRun()?.meta({ rows: 120 })
  return Response.json({ rows: 120 })
})
