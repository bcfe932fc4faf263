/**
 * Nights of a backup in bash, started by `crontify exec`, and a local Crontify that watches it. Exits with 1 if another
 * alert or exit code comes than those that are promised, or one of them does not.
 *
 *     node dist/demo.js
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMockServer } from '@crontify/mock-server'
import { defineMonitor } from '@crontify/sdk'

const PROMISED_ALERTS = ['silent_failure', 'failure', 'recovery', 'failure', 'missed']
/** 75 is the second backup, which `crontify exec` did not start; 124 the first one, which it stopped. */
const PROMISED_ENDS = [0, 0, 1, 0, 75, 124]

/** What npm links as `crontify`: it finds node by itself. */
const CRONTIFY = fileURLToPath(new URL('bin/crontify.cjs', import.meta.resolve('@crontify/cli/package.json')))
const BACKUP = fileURLToPath(new URL('../backup.sh', import.meta.url))

const backup = defineMonitor({
  id: 'nightly-backup',
  schedule: '0 2 * * *',
  timezone: 'UTC',
  graceSeconds: 600,
  maxDurationSeconds: 3_600,
  rules: [{ field: 'files_packed', operator: 'eq', threshold: 0 }],
})
const server = await createMockServer({
  monitors: [backup],
  clock: 'virtual',
  startAt: '2026-01-04T02:00:00Z',
})
server.subscribe((event) => {
  if (event.type === 'ping') console.log(`  ping   ${event.ping.kind}`)
  if (event.type === 'alert') console.log(`  ALERT  ${event.alert.type}: ${event.alert.message}`)
})

const folder = await mkdtemp(join(tmpdir(), 'bash-backup-'))
const data = join(folder, 'data')
const archive = join(folder, 'archive')
const ends: (number | null)[] = []

/** The line of the crontab, with other folders and shorter limits, in cron's environment. */
async function cronCallsBackup(into = archive): Promise<void> {
  const options = ['--no-overlap', '--max-duration', '3s', '--kill-after', '5s', '--lock-directory', folder]
  const child = spawn(CRONTIFY, ['exec', backup.id, ...options, '--', BACKUP, data, into], {
    env: {
      PATH: '/usr/bin:/bin',
      CRONTIFY_NODE: process.execPath,
      CRONTIFY_BASE_URL: server.url,
      CRONTIFY_API_KEY: server.apiKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const output of [child.stdout, child.stderr])
    output.setEncoding('utf8').on('data', (text: string) => {
      console.log(text.trimEnd().replaceAll(folder, '').replace(/^/gm, '  cron   '))
    })
  const [code] = (await once(child, 'close')) as [number | null]
  ends.push(code)
  console.log(`  cron   the command ended with ${code}`)
}

/** Something else that holds the lock of the data, until it is let go. */
async function holdData(): Promise<() => Promise<void>> {
  const holder = spawn('flock', [join(data, '.lock'), 'sh', '-c', 'echo held; read line'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const closed = once(holder, 'close')
  await once(holder.stdout, 'data')
  return async () => {
    holder.stdin.end('\n')
    await closed
  }
}

try {
  await mkdir(data)
  await writeFile(join(data, 'ledger.csv'), '1,2,3\n')
  await server.advance('1d')
  console.log('There is one file to pack.')
  await cronCallsBackup()

  console.log('\nThe folder is empty, and tar is content with that.')
  await unlink(join(data, 'ledger.csv'))
  await server.advance('1d')
  await cronCallsBackup()

  console.log('\nThe archive is to go where it cannot go.')
  await writeFile(join(data, 'ledger.csv'), '4,5,6\n')
  await server.advance('1d')
  await cronCallsBackup('/dev/null/archive')

  console.log('\nThat is mended.')
  await server.advance('1d')
  await cronCallsBackup()

  console.log(
    '\nSomebody holds the data. The backup waits; a second call does not run beside it; then it is stopped.',
  )
  const letGo = await holdData()
  await server.advance('1d')
  const waiting = cronCallsBackup()
  while (server.runs(backup.id).at(-1)?.status !== 'running')
    await new Promise((resolve) => setTimeout(resolve, 20))
  await cronCallsBackup()
  await waiting
  await letGo()

  console.log('\nThe machine is replaced, and its crontab is not.')
  await server.advance('1d')
  await server.advance('15m')

  const alerts = server.alerts().map(({ type }) => type)
  const isAsPromised = alerts.join() === PROMISED_ALERTS.join() && ends.join() === PROMISED_ENDS.join()
  console.log(
    `\n${isAsPromised ? 'As promised' : 'NOT AS PROMISED'}: alerts ${alerts.join(', ')}; ended with ${ends.join(', ')}`,
  )
  process.exitCode = isAsPromised ? 0 : 1
} finally {
  await server.close()
  await rm(folder, { recursive: true, force: true })
}
