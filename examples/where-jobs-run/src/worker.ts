import { CrontifyMonitor } from '@crontify/sdk'

const monitor = new CrontifyMonitor({ monitorId: 'mail-worker' })
const stop = monitor.heartbeat({ everyMs: 60_000 })
// …the worker's loop
stop()
await monitor.close()
