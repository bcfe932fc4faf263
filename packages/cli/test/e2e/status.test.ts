import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'
import { runCrontify } from './crontify-process.ts'

const MONITORS = [
  {
    id: 'nightly-backup',
    schedule: '0 2 * * *',
    timezone: 'UTC',
    tier: 1 as const,
    channels: ['ops'],
    description: 'Copies the database.',
    owner: 'team-data',
    runbook: 'https://wiki.example.com/backup',
    rerun: '/usr/local/bin/backup.sh',
  },
  {
    id: 'user-sync',
    channels: ['ops'],
    rules: [{ field: 'records_processed', operator: 'eq' as const, threshold: 0 }],
  },
  { id: 'healthy' },
  { id: 'new' },
]
const CHANNELS = [{ id: 'ops', kind: 'email' as const, to: 'ops@example.com' }]

/** A server on which one job has failed twice and was then missed, one did nothing, and one is well. */
async function troubled(dataFile?: string): Promise<MockServer> {
  const server = await createMockServer({
    monitors: MONITORS,
    channels: CHANNELS,
    clock: 'virtual',
    startAt: '2026-01-05T02:00:00Z',
    ...(dataFile !== undefined && { dataFile }),
  })
  onTestFinished(() => server.close())
  const ping = async (id: string, kind: string, body?: object): Promise<void> => {
    const reply = await fetch(`${server.url}/api/v1/ping/${id}/${kind}`, {
      method: 'POST',
      headers: { 'X-API-Key': server.apiKey, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    expect(reply.ok).toBe(true)
  }
  await ping('healthy', 'success')
  await ping('nightly-backup', 'start')
  await server.advance('5m')
  await ping('nightly-backup', 'success', { meta: { files: 3 } })
  await server.advance('1435m')
  await ping('nightly-backup', 'start')
  await server.advance('3m')
  await ping('nightly-backup', 'fail', { errorMessage: 'disk is full', logOutput: 'copying\ndisk is full\n' })
  await ping('user-sync', 'success', { meta: { records_processed: 0 } })
  await server.advance('1437m')
  await ping('nightly-backup', 'fail', { errorMessage: 'disk is still full' })
  await server.advance('26h')
  return server
}

const json = async (...args: string[]) => {
  const ended = await runCrontify([...args, '--json'], {})
  expect([ended.code, ended.stderr]).toEqual([0, ''])
  return JSON.parse(String(ended.stdout)) as Record<string, unknown>
}

it('lists what needs attention: cause, since, streak, tier, channels and runbook', async () => {
  const { url } = await troubled()

  const report = await json('status', '--url', url)

  expect(report).toMatchObject({
    monitors: 4,
    neverPinged: ['new'],
    attention: [
      {
        monitorId: 'nightly-backup',
        level: 'failing',
        cause: { type: 'failure', at: '2026-01-06T02:03:00.000Z' },
        since: '2026-01-06T02:03:00.000Z',
        streak: 3,
        tier: 1,
        owner: 'team-data',
        notified: ['ops'],
        runbook: 'https://wiki.example.com/backup',
        rerun: '/usr/local/bin/backup.sh',
      },
      { monitorId: 'user-sync', level: 'warning', cause: { type: 'silent_failure' }, streak: 1 },
    ],
  })
  const { stdout } = await runCrontify(['status', '--url', url], {})
  expect(String(stdout)).toMatch(/^FAILING {2}nightly-backup\n {2}cause {5}failure: .*disk is full/)
  expect(String(stdout)).toContain('\n2 of 4 monitors need attention.')
  expect(String(stdout)).toContain('\nNever pinged: new\n')
})

it('reads a data file, also of a running server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crontify-status-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, 'data')
  await troubled(data)
  writeFileSync(
    join(folder, 'crontify.config.json'),
    JSON.stringify({ monitors: MONITORS, channels: CHANNELS }),
  )

  const report = await json('status', '--data-file', data, '--config', join(folder, 'crontify.config.json'))
  const bare = await json('status', '--data-file', data)

  const attention = report['attention'] as readonly Record<string, unknown>[]
  expect(attention.map(({ monitorId, streak, tier }) => [monitorId, streak, tier])).toEqual([
    ['nightly-backup', 3, 1],
    ['user-sync', 1, undefined],
  ])
  expect(attention[0]).toMatchObject({ notified: ['ops'] })
  expect((bare['attention'] as readonly Record<string, unknown>[])[0]).toMatchObject({
    monitorId: 'nightly-backup',
  })
})

it('walks through the five steps for a failed job', async () => {
  const { url } = await troubled()

  const { code, stdout } = await runCrontify(['why', 'nightly-backup', '--url', url], {})
  const steps = await json('why', 'nightly-backup', '--url', url)

  expect(code).toBe(0)
  const text = String(stdout)
  expect(text).toMatch(/^nightly-backup is failing since 2026-01-06 02:03:00 UTC \(2 d 1 h ago\)\n/)
  for (const title of [
    '1. The alert',
    '2. Recent runs',
    '3. Impact',
    '4. Fix it or run it again',
    '5. Resolve',
  ])
    expect(text).toContain(`\n${title}\n`)
  expect(text).toContain('\n  | disk is full\n')
  expect(text).toContain('3 of the last 4 runs were not good, 3 of them in a row.')
  expect(text).toContain('Last success: 2026-01-05 02:05:00 UTC')
  expect(text).toContain('tier 1: data and money\n  Copies the database.\n  owner: team-data\n')
  expect(text).toContain('run again: /usr/local/bin/backup.sh')
  expect(text).toContain('Check that the recovery alert reaches ops.')
  expect(steps).toMatchObject({
    alert: { type: 'failure', errorMessage: 'disk is full' },
    history: { bad: 3 },
    impact: { runsLost: 3 },
    resolution: { recovered: false, channels: ['ops'], notified: ['ops'] },
  })
})

it('says of a healthy job that nothing needs attention', async () => {
  const { url } = await troubled()

  const { stdout } = await runCrontify(['why', 'healthy', '--url', url], {})

  expect(String(stdout)).toMatch(/^healthy is active, and nothing needs attention\n/)
  expect(String(stdout)).toContain('Nothing is open.')
})

it.each([
  [
    ['status', '--url', 'http://127.0.0.1:9'],
    1,
    'No local Crontify answers at http://127.0.0.1:9 (ECONNREFUSED)',
  ],
  [['status', '--url', 'https://api.crontify.com'], 2, '--url must be a local Crontify'],
  [['status', '--data-file', '/no/such/file'], 2, '/no/such/file cannot be read (ENOENT)'],
  [['status', '--data-file', 'package.json'], 1, 'is not a data file'],
  [['why'], 2, 'MONITOR must be one monitor id'],
])('ends %j with %i', async (args, code, text) => {
  const ended = await runCrontify(args, {})

  expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(text) as string])
})

it('suggests the monitor that was meant', async () => {
  const { url } = await troubled()

  const ended = await runCrontify(['why', 'nightly-bakcup', '--url', url], {})

  expect([ended.code, ended.stderr]).toEqual([
    2,
    expect.stringContaining('Did you mean nightly-backup?') as string,
  ])
})
