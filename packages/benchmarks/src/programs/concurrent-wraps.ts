import { monitorEventLoopDelay } from 'node:perf_hooks'
import { CrontifyMonitor } from '@crontify/sdk'
import { print } from './print.ts'

/** Ten thousand runs at once, or the same jobs without a monitor. */
const RUNS = 10_000
const monitors = Array.from(
  { length: 100 },
  (_, index) => new CrontifyMonitor({ monitorId: `job-${index}`, logger: false }),
)
const job = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100))
const collect = globalThis.gc ?? (() => undefined)
if (process.env['BARE'] !== '1') await monitors[0]?.wrap(() => undefined)
await new Promise((resolve) => setTimeout(resolve, 100))
collect()
const before = process.memoryUsage().rss
let most = before
const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5)
const delays = monitorEventLoopDelay({ resolution: 1 })
delays.enable()
const runs: Promise<void>[] = []
for (let count = 0; count < RUNS; count++) {
  const monitor = monitors[count % monitors.length]
  runs.push(process.env['BARE'] === '1' || monitor === undefined ? job() : monitor.wrap(job))
}
await Promise.all(runs)
delays.disable()
clearInterval(watch)
const stats = monitors.map((monitor) => monitor.stats())
const sum = (of: 'created' | 'delivered' | 'skipped' | 'dropped' | 'spooled' | 'pending'): number =>
  stats.reduce((total, one) => total + one[of], 0)
print({
  lagMs: delays.max / 1e6,
  grewBytes: most - before,
  created: sum('created'),
  accounted: sum('delivered') + sum('skipped') + sum('dropped') + sum('spooled') + sum('pending'),
})
process.exit(0)
