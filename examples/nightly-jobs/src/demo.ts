/**
 * The same jobs through a day that takes seconds: a local Crontify on a virtual clock, and everything that can go
 * wrong with a job going wrong once. Exits with 1 if an alert is missing or one too many.
 *
 *     node dist/demo.js            the day with its troubles
 *     node dist/demo.js --calm     a day without any, which therefore misses its expected alerts
 *     node dist/demo.js --stay     an hour a second, to be followed in the dashboard, which stays until Ctrl+C
 */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createMockServer } from '@crontify/mock-server'
import { createClients } from './clients.ts'
import { judge } from './judge.ts'
import { monitors } from './monitors.ts'
import { eventLines } from './event-lines.ts'
import { layOut, troubles } from './story.ts'
import { createTasks } from './tasks.ts'
import { createVirtualDay } from './virtual-day.ts'

const HOURS = 28
const isCalm = process.argv.includes('--calm')
const stays = process.argv.includes('--stay')
const HOUR_TAKES_MS = 1_000
const interrupted = new AbortController()
if (stays) process.once('SIGINT', () => interrupted.abort())

const directory = await mkdtemp(join(tmpdir(), 'nightly-jobs-'))
const server = await createMockServer({
  monitors: Object.values(monitors),
  clock: 'virtual',
  startAt: '2026-01-05T00:00:00.000Z',
})
try {
  console.log(`A local Crontify listens at ${server.url}; ${HOURS} hours pass on its virtual clock.\n`)
  if (stays) console.log(`Open ${server.dashboardUrl ?? server.url} to follow them.\n`)
  server.subscribe((event) => {
    for (const line of eventLines(event)) console.log(line)
  })
  await layOut(directory)
  const clients = createClients({ apiKey: server.apiKey, baseUrl: server.url })
  const day = createVirtualDay(server)
  const tasks = createTasks(clients, { directory, sleep: day.sleep, around: day.around })
  const pace = (): Promise<void> =>
    stays ? sleep(HOUR_TAKES_MS, undefined, { signal: interrupted.signal }) : Promise.resolve()
  await day.run(HOURS, isCalm ? {} : troubles(directory), tasks, clients, pace)
  const verdict = judge(server)
  for (const line of verdict.lines) console.log(line)
  process.exitCode = verdict.passed ? 0 : 1
  if (stays) {
    console.log(`\nThe day is over. It stays at ${server.dashboardUrl ?? server.url} until Ctrl+C.`)
    await once(interrupted.signal, 'abort')
  } else {
    console.log('\nTo follow the day in the dashboard: pnpm --filter nightly-jobs run demo --stay')
  }
} catch (error) {
  if (!interrupted.signal.aborted) throw error
} finally {
  await server.close()
  await rm(directory, { recursive: true, force: true })
}
