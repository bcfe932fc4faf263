import { monitorTask } from '@crontify/graphile-worker'
import { CrontifyMonitor } from '@crontify/sdk'
import { run } from 'graphile-worker'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const runner = await run({
  connectionString: process.env['DATABASE_URL'] ?? 'postgres://127.0.0.1/jobs',
  crontab: '0 2 * * * nightly-report ?max=3',
  taskList: { 'nightly-report': monitorTask(monitor, writeReport) },
})
const done = new Promise((resolve) => runner.events.once('job:complete', resolve))
await runner.addJob('nightly-report', {})

await done
await runner.stop()
await monitor.flush()
