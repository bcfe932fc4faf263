import { CrontifyMonitor } from '@crontify/sdk'
import { monitorHandler } from '@crontify/web'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const options = { secret: 'only-the-scheduler-knows' }
export const loader = monitorHandler(monitor, async (_call: { request: Request }) => writeReport(), options)

// Plays the framework.
const headers = { authorization: `Bearer ${options.secret}` }
await loader({ request: new Request('http://localhost/cron/report', { headers }) })
