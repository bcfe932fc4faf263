import { CrontifyMonitor } from '@crontify/sdk'
import { monitoredAttempts } from '@crontify/sdk/adapter'
import Queue from 'bull'
import { writeReport } from './write-report.ts'

const queue = new Queue('mails', process.env['REDIS_URL'] ?? 'redis://127.0.0.1')
const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const attemptOf = ({ id, attemptsMade, opts }: Queue.Job) => ({
  key: id,
  first: attemptsMade === 0,
  last: attemptsMade + 1 >= (opts.attempts ?? 1),
})
void queue.process(monitoredAttempts(monitor, async (_job: Queue.Job) => writeReport(), attemptOf))
const job = await queue.add({}, { attempts: 3 })

await job.finished()
await queue.close()
await monitor.flush()
