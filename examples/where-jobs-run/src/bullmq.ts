import { monitorWorker } from '@crontify/bullmq'
import { CrontifyMonitor } from '@crontify/sdk'
import { Queue, Worker } from 'bullmq'
import { writeReport } from './write-report.ts'

const connection = { url: process.env['REDIS_URL'] ?? 'redis://127.0.0.1', maxRetriesPerRequest: null }
const queue = new Queue('reports', { connection })
const worker = new Worker('reports', writeReport, { connection })
const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
monitorWorker(worker, { monitors: { 'nightly-report': monitor } })
const done = new Promise((resolve) => worker.once('completed', resolve))
await queue.upsertJobScheduler('nightly-report', { every: 86_400_000 })

await done
await worker.close()
await queue.obliterate({ force: true })
await queue.close()
await monitor.flush()
