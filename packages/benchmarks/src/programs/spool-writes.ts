import { CrontifyMonitor } from '@crontify/sdk'

/** Leaves failures on the disk as fast as it can, until it is killed. */
const spoolDirectory = process.env['SPOOL'] ?? ''
for (let count = 0; ; count++) {
  const monitor = new CrontifyMonitor({
    monitorId: `job-${count % 50}`,
    logger: false,
    delivery: { spoolDirectory },
  })
  void monitor.fail({ message: `failure ${count}` })
  await monitor.close({ withinMs: 0 })
  process.stdout.write(`${monitor.stats().spooled}\n`)
}
