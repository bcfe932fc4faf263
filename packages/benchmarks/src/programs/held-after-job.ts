import { CrontifyMonitor } from '@crontify/sdk'

/** Ends by itself; the harness compares when the job was over with when the process was gone. */
const monitor = new CrontifyMonitor({
  monitorId: 'nightly-backup',
  logger: false,
  delivery: { endWaitMs: 0, startWaitMs: 0 },
})
void monitor.wrap(() => 'done').then(() => process.stdout.write(String(Date.now())))
