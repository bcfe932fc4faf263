import { monitorEventLoopDelay } from 'node:perf_hooks'
import { CrontifyMonitor } from '@crontify/sdk'
import { print } from './print.ts'

/** Sequential runs on a service that answers: what each adds, and what the first one costs. */
const RUNS = 500
const WARM_UP = 50
const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup' })
const delays = monitorEventLoopDelay({ resolution: 1 })

await new Promise((resolve) => setTimeout(resolve, 50))
delays.enable()
await monitor.wrap(() => undefined)
delays.disable()
const firstStallMs = delays.max / 1e6

const addedMs: number[] = []
let cpu = process.cpuUsage()
for (let count = -WARM_UP; count < RUNS; count++) {
  if (count === 0) cpu = process.cpuUsage()
  const from = performance.now()
  await monitor.wrap(() => undefined)
  if (count >= 0) addedMs.push(performance.now() - from)
}
const { user, system } = process.cpuUsage(cpu)
print({ addedMs, firstStallMs, cpuMsPerPing: (user + system) / 1_000 / RUNS / 2 })
