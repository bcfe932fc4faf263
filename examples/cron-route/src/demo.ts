/**
 * A route that a scheduler calls each night, and a local Crontify that watches it. Exits with 1 if another alert comes than
 * those that are promised, or one of them does not.
 *
 *     node dist/demo.js
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createMockServer } from '@crontify/mock-server'
import { CrontifyMonitor, defineMonitor } from '@crontify/sdk'
import { createApp } from './app.ts'

const PROMISED = ['silent_failure', 'recovery', 'failure', 'missed']
const SECRET = 'only-the-scheduler-knows-this'

const report = defineMonitor({
  id: 'nightly-report',
  schedule: '0 2 * * *',
  timezone: 'UTC',
  graceSeconds: 600,
  rules: [{ field: 'rows', operator: 'eq', threshold: 0 }],
})
const server = await createMockServer({
  monitors: [report],
  clock: 'virtual',
  startAt: '2026-01-04T02:00:00Z',
})
server.subscribe((event) => {
  if (event.type === 'ping') console.log(`  ping   ${event.ping.kind}`)
  if (event.type === 'alert') console.log(`  ALERT  ${event.alert.type}: ${event.alert.message}`)
})

let readRows = async (): Promise<readonly string[]> => ['ada', 'grace']
const monitor = new CrontifyMonitor({ apiKey: server.apiKey, baseUrl: server.url, monitorId: report.id })
const http = createApp({ secret: SECRET, monitor, readRows: () => readRows() }).listen(0, '127.0.0.1')
await once(http, 'listening')
const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/cron/report`

/** What the scheduler does at two o'clock. */
async function night(secret: string): Promise<void> {
  await server.advance('1d')
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, connection: 'close' },
  })
  console.log(`  the route says ${answer.status}`)
  await answer.text()
  // The work goes on behind the answer; its end is told when the pings have arrived.
  while (server.runs(report.id).some(({ status }) => status === 'running') || monitor.stats().pending > 0) {
    await monitor.flush({ withinMs: 1_000 })
    await new Promise((resolve) => setImmediate(resolve))
  }
}

try {
  console.log('The scheduler calls the route.')
  await night(SECRET)

  console.log('\nThere is nothing to report, and the route answers as always.')
  readRows = async () => []
  await night(SECRET)

  console.log('\nThere is something again; then the database is gone, after the answer was sent.')
  readRows = async () => ['ada']
  await night(SECRET)
  readRows = () => Promise.reject(new Error('the database is gone'))
  await night(SECRET)

  console.log('\nSomebody has changed the secret, and nobody has told the scheduler.')
  readRows = async () => ['ada']
  await night('an old secret')
  await server.advance('15m')

  const seen = server.alerts().map(({ type }) => type)
  const isAsPromised = seen.join() === PROMISED.join()
  console.log(`\n${isAsPromised ? 'As promised' : 'NOT AS PROMISED'}: alerts ${seen.join(', ')}`)
  process.exitCode = isAsPromised ? 0 : 1
} finally {
  http.close()
  await monitor.close()
  await server.close()
}
