/**
 * Five nights of a crontab, and a local Crontify that watches its script. Exits with 1 if another alert comes than those
 * that are promised, or one of them does not.
 *
 *     node dist/demo.js
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMockServer } from '@crontify/mock-server'
import { defineMonitor } from '@crontify/sdk'
import { nextRunOf, readCrontab, runAsCron } from './cron.ts'

const PROMISED = ['silent_failure', 'failure', 'recovery', 'missed']

const server = await createMockServer({
  monitors: [
    defineMonitor({
      id: 'import-orders',
      schedule: '30 2 * * *',
      timezone: 'UTC',
      graceSeconds: 600,
      rules: [{ field: 'orders_imported', operator: 'eq', threshold: 0 }],
    }),
  ],
  clock: 'virtual',
  startAt: '2026-01-04T20:00:00Z',
})
server.subscribe((event) => {
  if (event.type === 'ping') console.log(`  ping   ${event.ping.kind}`)
  if (event.type === 'alert') console.log(`  ALERT  ${event.alert.type}: ${event.alert.message}`)
})

const app = fileURLToPath(new URL('..', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'plain-crontab-'))
const overrides = {
  // The file says where the things are on a server; here they are elsewhere.
  PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
  APP: app,
  ORDERS: folder,
  CRONTIFY_BASE_URL: server.url,
  CRONTIFY_API_KEY: server.apiKey,
}
let crontab = await readFile(join(app, 'crontab'), 'utf8')

async function arrives(name: string, content: unknown): Promise<void> {
  await mkdir(join(folder, 'inbox'), { recursive: true })
  await writeFile(join(folder, 'inbox', name), JSON.stringify(content))
}

/** Lets a day pass in which cron runs what the crontab says. */
async function day(): Promise<void> {
  const from = Date.parse(server.now())
  const [job] = readCrontab(crontab)
  if (job !== undefined) {
    await server.advance(nextRunOf(job, from) - from)
    const { code } = await runAsCron(job, overrides)
    console.log(`  cron   the script ended with ${code}`)
  }
  await server.advance(from + 24 * 3_600_000 - Date.parse(server.now()))
}

try {
  console.log('Two files have come.')
  await arrives('north.json', [{ id: 1 }, { id: 2 }])
  await arrives('south.json', [{ id: 3 }])
  await day()

  console.log('\nNo file has come, and the script ends well.')
  await day()

  console.log('\nA file is broken.')
  await arrives('east.json', { error: 'maintenance' })
  await day()

  console.log('\nIt is replaced by a good one.')
  await arrives('east.json', [{ id: 4 }])
  await day()

  console.log('\nSomebody comments the line out, for a moment.')
  crontab = crontab.replace(/^30 2/m, '# 30 2')
  await day()

  const seen = server.alerts().map(({ type }) => type)
  const isAsPromised = seen.join() === PROMISED.join()
  console.log(`\nThe log of the script:\n${await readFile(join(folder, 'import.log'), 'utf8')}`)
  console.log(`${isAsPromised ? 'As promised' : 'NOT AS PROMISED'}: alerts ${seen.join(', ')}`)
  process.exitCode = isAsPromised ? 0 : 1
} finally {
  await server.close()
  await rm(folder, { recursive: true, force: true })
}
