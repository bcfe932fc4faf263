/**
 * Three instances of Agenda on one Redis, and a local Crontify that watches one job of theirs. Exits with 1 if another alert
 * comes than those that are promised, or one of them does not.
 *
 *     node dist/demo.js          on a Redis of its own, or the one of REDIS_URL
 */
import { startRedis } from '@crontify/adapter-conformance/servers'
import { createMockServer } from '@crontify/mock-server'
import { Redis } from 'ioredis'
import { connect } from './connect.ts'
import { createProcesses } from './processes.ts'

const PROMISED = ['hung', 'recovery']

const { REDIS_URL: given } = process.env
const redis = given === undefined ? await startRedis() : undefined
const url = given ?? redis?.url ?? ''
const server = await createMockServer({
  monitors: [{ id: 'nightly-report', graceSeconds: 300 }],
  clock: 'virtual',
})
server.subscribe((event) => {
  if (event.type === 'ping') console.log(`  ping   ${event.ping.kind}`)
  if (event.type === 'alert') console.log(`  ALERT  ${event.alert.type}: ${event.alert.message}`)
})
const instances = createProcesses('./instance.js', {
  REDIS_URL: url,
  CRONTIFY_API_KEY: server.apiKey,
  CRONTIFY_BASE_URL: server.url,
})
// Plans jobs, and runs none.
const store = new Redis(url)
const agenda = connect(store, 'planner')

try {
  await agenda.ready
  await agenda.cancel({ name: 'nightly-report' })
  for (let count = 0; count < 3; count++) {
    const ready = instances.next('ready')
    instances.start()
    await ready
  }

  console.log('A night like any other: three instances wait, and one of them runs the report.')
  let completed = instances.next('completed')
  // An interval runs at once when it is new, and then not before the demo is over.
  const job = await agenda.every('30 days', 'nightly-report', { isToHang: false })
  console.log(`  instance ${(await completed).number} did it\n`)

  console.log('An instance is killed in the middle of the report.')
  const began = instances.next('began')
  job.attrs.data = { isToHang: true }
  await job.schedule(new Date()).save()
  const lost = await began
  await lost.kill()
  console.log(`  instance ${lost.number} is gone, and its lock stays until it expires`)
  await server.advance('15m')

  console.log('\nIts time comes again, and another instance runs the report.')
  completed = instances.next('completed')
  job.attrs.data = { isToHang: false }
  await job.schedule(new Date()).save()
  console.log(`  instance ${(await completed).number} did it`)

  const seen = server.alerts().map(({ type }) => type)
  const isAsPromised = seen.join() === PROMISED.join()
  console.log(`\n${isAsPromised ? 'As promised' : 'NOT AS PROMISED'}: alerts ${seen.join(', ')}`)
  process.exitCode = isAsPromised ? 0 : 1
} finally {
  await instances.killAll()
  await agenda.cancel({ name: 'nightly-report' })
  await server.close()
  await store.quit()
  await redis?.stop()
}
