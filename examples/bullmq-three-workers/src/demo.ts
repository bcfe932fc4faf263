/**
 * Three workers on one Redis, and a local Crontify that watches one job scheduler of theirs. Exits with 1 if another alert
 * comes than those that are promised, or one of them does not.
 *
 *     node dist/demo.js          on a Redis of its own, or the one of REDIS_URL
 */
import { startRedis } from '@crontify/adapter-conformance/servers'
import { createMockServer } from '@crontify/mock-server'
import { Queue } from 'bullmq'
import { createProcesses } from './processes.ts'

const PROMISED = ['hung', 'recovery']
const NEVER_BY_ITSELF_MS = 365 * 86_400_000

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
const queue = new Queue('reports', { connection: { url } })
const workers = createProcesses('./worker.js', {
  REDIS_URL: url,
  CRONTIFY_API_KEY: server.apiKey,
  CRONTIFY_BASE_URL: server.url,
})

/** Lets the next job of the scheduler begin now; it takes for ever until so many workers are lost. */
async function fire(workersToLose: number): Promise<void> {
  const [next] = await queue.getDelayed()
  await next?.updateData({ workersToLose })
  await next?.promote()
}

try {
  await queue.obliterate({ force: true })
  // In the far future, so that the demo decides when it fires.
  await queue.upsertJobScheduler('nightly-report', {
    every: NEVER_BY_ITSELF_MS,
    startDate: Date.now() + 60_000,
  })
  for (let count = 0; count < 3; count++) workers.start()

  console.log('A night like any other: three workers wait, and one of them runs the report.')
  let completed = workers.next('completed')
  await fire(0)
  console.log(`  worker ${(await completed).number} did it\n`)

  console.log('A worker is killed in the middle of the report, and another one finishes it.')
  let began = workers.next('began')
  await fire(1)
  let lost = await began
  completed = workers.next('completed')
  await lost.kill()
  console.log(`  worker ${lost.number} is gone`)
  console.log(`  worker ${(await completed).number} did it; nobody was woken\n`)

  console.log('A report kills every worker that takes it.')
  began = workers.next('began')
  await fire(2)
  while (workers.alive.size > 0) {
    lost = await began
    began = workers.next('began')
    await lost.kill()
    console.log(`  worker ${lost.number} is gone`)
  }
  await server.advance('15m')

  console.log('\nA new worker is started, and finishes the report.')
  completed = workers.next('completed')
  workers.start()
  console.log(`  worker ${(await completed).number} did it`)

  const seen = server.alerts().map(({ type }) => type)
  const isAsPromised = seen.join() === PROMISED.join()
  console.log(`\n${isAsPromised ? 'As promised' : 'NOT AS PROMISED'}: alerts ${seen.join(', ')}`)
  process.exitCode = isAsPromised ? 0 : 1
} finally {
  await workers.killAll()
  await queue.close()
  await server.close()
  await redis?.stop()
}
