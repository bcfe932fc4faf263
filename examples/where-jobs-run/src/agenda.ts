import { RedisBackend } from '@agendajs/redis-backend'
import { monitorAgenda, setMeta } from '@crontify/agenda'
import { CrontifyMonitor } from '@crontify/sdk'
import { Agenda } from 'agenda'
import { writeReport } from './write-report.ts'

const connectionString = process.env['REDIS_URL'] ?? 'redis://127.0.0.1'
const agenda = new Agenda({ backend: new RedisBackend({ connectionString }), processEvery: 100 })
agenda.define('nightly-report', async (job) => {
  setMeta(job, await writeReport()) // Agenda throws away what a job returns
})
const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
monitorAgenda(agenda, { monitors: { 'nightly-report': monitor } })
const done = new Promise((resolve) => agenda.once('success:nightly-report', resolve))
await agenda.start()
await agenda.every('24 hours', 'nightly-report')

await done
await agenda.cancel({ name: 'nightly-report' })
await agenda.drain()
await monitor.flush()
process.exit() // the connections of the backend stay open
