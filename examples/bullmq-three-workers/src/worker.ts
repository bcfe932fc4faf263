/**
 * One worker process, as an application has it: BullMQ gives it jobs, and monitorWorker reports them.
 *
 *     CRONTIFY_API_KEY=… REDIS_URL=redis://… node dist/worker.js
 */
import { monitorWorker } from '@crontify/bullmq'
import { CrontifyMonitor } from '@crontify/sdk'
import { Worker, type Job } from 'bullmq'

/** What the demo wants of a job: to take for ever until so many workers are lost. */
interface Report {
  readonly workersToLose?: number
}

const { REDIS_URL: url = 'redis://127.0.0.1:6379' } = process.env
const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })

async function report(job: Job<Report>): Promise<{ records_processed: number }> {
  if (job.stalledCounter < (job.data.workersToLose ?? 0)) await new Promise(() => {})
  return { records_processed: 120 }
}

const worker = new Worker('reports', report, {
  connection: { url, maxRetriesPerRequest: null },
  // Half a minute each unless told otherwise; a demo should not take that long.
  lockDuration: 1_000,
  stalledInterval: 500,
})
monitorWorker(worker, {
  monitors: { 'nightly-report': monitor },
  onNotice: (notice) => tell('notice', notice.kind),
})

worker.on('error', (error) => console.error(error.message))
worker.on('active', () => void monitor.flush().then(() => tell('began')))
worker.on('completed', () => void monitor.flush().then(() => tell('completed')))

function tell(event: string, detail?: string): void {
  process.send?.({ event, detail })
}
