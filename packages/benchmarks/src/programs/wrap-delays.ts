import { CrontifyMonitor } from '@crontify/sdk'
import { print } from './print.ts'

/** How long each of several runs is held back before and after its job, in milliseconds. */
const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup', logger: false })
const runs: { readonly beforeMs: number; readonly afterMs: number }[] = []
for (let count = Number(process.env['RUNS'] ?? 1); count > 0; count--) {
  const calledAt = performance.now()
  let beganAt = 0
  let endedAt = 0
  await monitor.wrap(() => {
    beganAt = performance.now()
    endedAt = performance.now()
  })
  runs.push({ beforeMs: beganAt - calledAt, afterMs: performance.now() - endedAt })
}
print({ runs, jobOverAt: Date.now() })
