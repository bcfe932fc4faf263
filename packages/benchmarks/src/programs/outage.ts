import { CrontifyMonitor } from '@crontify/sdk'
import { print } from './print.ts'

/** A day's runs of a job that comes each second, as fast as they go, while the service is gone. */
const RUNS = 86_400
let warnings = 0
const monitor = new CrontifyMonitor({
  monitorId: 'each-second',
  logger: { warn: () => (warnings += 1) },
  delivery: { endWaitMs: 0, startWaitMs: 0 },
})
const collect = globalThis.gc ?? (() => undefined)
const heap = (): number => {
  collect()
  return process.memoryUsage().heapUsed
}
let early = 0
const from = performance.now()
for (let count = 0; count < RUNS; count++) {
  if (count === RUNS / 10) early = heap()
  await monitor.wrap(() => undefined)
  // The loop turns, as it does between two jobs.
  if (count % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
}
const { created, delivered, skipped, dropped, spooled, pending, retries } = monitor.stats()
print({
  grewBytes: heap() - early,
  seconds: (performance.now() - from) / 1_000,
  warnings,
  retries,
  created,
  accounted: delivered + skipped + dropped + spooled + pending,
})
process.exit(0)
