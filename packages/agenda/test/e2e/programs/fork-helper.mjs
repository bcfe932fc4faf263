// What Agenda runs for each forked job: node fork-helper.mjs NAME ID FILE
import { RedisBackend } from '@agendajs/redis-backend'
import { monitorAgenda } from '@crontify/agenda'
import { CrontifyMonitor } from '@crontify/sdk'
import { Agenda } from 'agenda'
import { define } from './job.mjs'

const [, , name, jobId] = process.argv
const { REDIS_URL, HOW } = process.env
const agenda = new Agenda({
  backend: new RedisBackend({ connectionString: REDIS_URL }),
  name: `child-${process.pid}`,
  forkedWorker: true,
})
await agenda.ready
define(agenda, name, HOW)
// As an application would, that defines and watches its jobs in one place: in the child it must send nothing.
monitorAgenda(agenda, { monitors: { [name]: new CrontifyMonitor({ monitorId: 'nightly-report' }) } })
try {
  await agenda.runForkedJob(jobId)
  process.disconnect()
  process.exit(0)
} catch (error) {
  process.send(JSON.stringify({ message: error.message, name: error.name }), () => process.exit(1))
}
