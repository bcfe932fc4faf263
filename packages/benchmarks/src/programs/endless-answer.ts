import { CrontifyMonitor } from '@crontify/sdk'
import { print } from './print.ts'

/** What a service costs in memory whose answers never end: the first of them, and twenty more. */
const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup', logger: false })
const collect = globalThis.gc ?? (() => undefined)
const refused = new CrontifyMonitor({
  monitorId: 'nightly-backup',
  baseUrl: 'http://127.0.0.1:9',
  logger: false,
})
// Loads what is loaded once, without an answer.
await refused.start()
await refused.close({ withinMs: 0 })
collect()
const before = process.memoryUsage().rss
await monitor.success()
const afterOne = process.memoryUsage().rss
for (let count = 0; count < 20; count++) await monitor.success()
collect()
print({ one: afterOne - before, twenty: process.memoryUsage().rss - before })
process.exit(0)
