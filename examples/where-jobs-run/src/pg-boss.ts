import { monitorWork } from '@crontify/pg-boss'
import { CrontifyMonitor } from '@crontify/sdk'
import { PgBoss } from 'pg-boss'
import { writeReport } from './write-report.ts'

const boss = new PgBoss(process.env['DATABASE_URL'] ?? 'postgres://127.0.0.1/jobs')
await boss.start()
await boss.createQueue('nightly-report', { retryLimit: 2 })
await boss.schedule('nightly-report', '0 2 * * *', {}, { tz: 'Europe/Berlin' })
const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const done = new Promise<void>((resolve) => {
  const handler = monitorWork(monitor, async () => writeReport().finally(resolve))
  void boss.work('nightly-report', { includeMetadata: true }, handler)
})
await boss.send('nightly-report', {})

await done
await boss.stop()
await monitor.flush()
