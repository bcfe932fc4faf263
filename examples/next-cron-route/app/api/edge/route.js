import { CrontifyMonitor } from '@crontify/sdk'
import { monitorHandler } from '@crontify/web'

export const runtime = 'edge'
export const dynamic = 'force-dynamic'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })

/** On the edge runtime pings go through its `fetch`. */
export const GET = monitorHandler(monitor, async () => Response.json({ rows: 3 }))
