// One worker process: node worker.mjs '{"queue", "redis", "how", "stalled", "server", "apiKey"}'
import { monitorWorker } from '@crontify/bullmq'
import { CrontifyMonitor } from '@crontify/sdk'
import { Worker } from 'bullmq'

const { queue, redis, how, stalled, server, apiKey } = JSON.parse(process.argv[2])
const monitor = new CrontifyMonitor({ apiKey, baseUrl: server, monitorId: 'nightly-report' })

const ways = {
  finish: async () => ({ rows: 120 }),
  hang: () => new Promise(() => {}),
  // Longer than the lock lasts, without a chance to renew it.
  block: async () => {
    await monitor.flush()
    const end = Date.now() + 4_000
    while (Date.now() < end);
    return { rows: 1 }
  },
}
const worker = new Worker(queue, ways[how], {
  connection: { port: redis, maxRetriesPerRequest: null },
  lockDuration: 1_200,
  stalledInterval: 400,
})
const detach = monitorWorker(worker, {
  monitors: { 'nightly-report': monitor },
  stalled,
  onNotice: (notice) => console.log(JSON.stringify(notice)),
})
worker.on('active', async () => {
  await monitor.flush()
  console.log('active')
})
worker.on('completed', async () => {
  await monitor.flush()
  console.log('completed')
})
worker.on('error', (error) => console.log(`error ${error.message}`))
process.on('SIGTERM', async () => {
  await worker.close()
  await monitor.flush()
  detach()
})
