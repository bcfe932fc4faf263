/**
 * One instance, as an application has it: Agenda gives it jobs, and monitorAgenda reports them.
 *
 *     CRONTIFY_API_KEY=… REDIS_URL=redis://… node dist/instance.js
 */
import { monitorAgenda, setMeta } from '@crontify/agenda'
import { CrontifyMonitor } from '@crontify/sdk'
import { Redis } from 'ioredis'
import { connect } from './connect.ts'

const { REDIS_URL: url = 'redis://127.0.0.1:6379' } = process.env
const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
const agenda = connect(new Redis(url), `instance-${process.pid}`)

/** What the demo wants of a run: whether it is to take for ever. */
interface Report {
  readonly isToHang: boolean
}

agenda.define<Report>('nightly-report', async (job) => {
  if (job.attrs.data.isToHang) {
    // The work goes on, as far as Agenda knows.
    setInterval(() => void job.touch(), 200)
    await new Promise(() => {})
  }
  setMeta(job, { records_processed: 120 })
})
monitorAgenda(agenda, { monitors: { 'nightly-report': monitor } })

agenda.on('start:nightly-report', tellOf('began'))
agenda.on('complete:nightly-report', tellOf('completed'))
await agenda.start()
process.send?.({ event: 'ready' })

/** Tells the demo of an event of this instance, once its pings are delivered. */
function tellOf(event: string): (job: unknown, isRemote?: boolean) => void {
  return (_job, isRemote) => {
    if (isRemote !== true) void monitor.flush().then(() => process.send?.({ event }))
  }
}
