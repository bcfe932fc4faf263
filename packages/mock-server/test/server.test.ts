import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createMockServer, type MockEvent, scheduleAware } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'
import { accepted, ping, startServer } from './server.ts'

const nightly = { id: 'nightly-backup', schedule: '0 2 * * *' }

it('generates a key of the documented form, a new one for each server', async () => {
  const one = await startServer()
  const other = await startServer()

  expect(one.apiKey).toMatch(/^ck_live_[a-z0-9]{32}$/) // [D KEYS]
  expect(one.apiKey).not.toBe(other.apiKey)
})

it('begins virtual time on a Monday at midnight', async () => {
  expect((await startServer()).now()).toBe('2026-01-05T00:00:00.000Z')
})

it('takes the time of the machine where it is not told otherwise', async () => {
  const server = await createMockServer({ monitors: [nightly] })
  const before = Date.now()

  const { timestamp } = await accepted(server, 'nightly-backup', 'success')
  await server.close()

  expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(before)
  expect(Date.parse(timestamp)).toBeLessThanOrEqual(Date.now())
})

it.each(['127.0.0.1', 'localhost'])('listens on %s, under that name', async (host) => {
  const server = await startServer({ host, monitors: [nightly] })

  expect(new URL(server.url).hostname).toBe(host)
  expect((await ping(server, 'nightly-backup', 'success')).status).toBe(200)
})

it('says that a port is taken', async () => {
  const port = Number(new URL((await startServer()).url).port)

  await expect(createMockServer({ port })).rejects.toThrow(`port ${port} of 127.0.0.1: it is taken`)
})

it('lets in other names only where they are allowed', async () => {
  const warnings: string[] = []
  const server = await createMockServer({
    monitors: [nightly],
    allowHosts: ['Crontify', 'ci.internal:8080'],
    onWarning: (message) => warnings.push(message),
  })
  onTestFinished(() => server.close())
  const { port } = new URL(server.url)
  const statusFor = async (host: string): Promise<number | undefined> => {
    const sent = request({
      port,
      method: 'POST',
      path: `/api/v1/ping/${nightly.id}/success`,
      headers: { host, 'x-api-key': server.apiKey },
    })
    sent.end()
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    answer.resume()
    return answer.statusCode
  }

  expect(await statusFor(`crontify:${port}`)).toBe(200)
  expect(await statusFor('ci.internal:8080')).toBe(200)
  expect(await statusFor(`ci.internal:${port}`)).toBe(403)
  expect(await statusFor(`evil.test:${port}`)).toBe(403)
  expect(await statusFor(`127.0.0.1:${port}`)).toBe(200)
  expect(warnings).toEqual([])
})

it('names every problem of its options at once', async () => {
  const wrong = createMockServer({
    monitors: [
      nightly,
      nightly,
      { id: 'no/slash', graceSeconds: -1 },
      { id: 'bad-cron', schedule: '61 * * * *' },
      { id: 'no-zone', schedule: '0 2 * * *', timezone: 'Mars/Olympus' },
    ],
    host: '0.0.0.0',
    port: 70_000,
    startAt: '2026-01-05T00:00:00Z',
    apiKeys: [],
    keep: { pings: 0 },
  })

  await expect(wrong).rejects.toThrow(RangeError)
  for (const words of [
    'monitor "nightly-backup": its id is given twice',
    'monitor number 3: "id" must be',
    'monitor number 3: "graceSeconds" must be a number of seconds',
    'monitor "bad-cron": "schedule" must be a cron expression that croner accepts (field 1 of 5, the minute',
    'monitor "no-zone": "timezone" must be an IANA time zone',
    '"host" is not on this machine',
    '"port" is not a whole number',
    `"startAt" needs clock: 'virtual'`,
    '"apiKeys" is empty',
    '"keep.pings" is not',
  ]) {
    await expect(wrong).rejects.toThrow(words)
  }
})

it.each(['yesterday', '2026-01-05', '2026-01-05T00:00:00', '2026-13-05T00:00:00Z', 5])(
  'refuses to start at %j',
  async (startAt) => {
    await expect(createMockServer({ clock: 'virtual', startAt: startAt as string })).rejects.toThrow(
      '"startAt" is not an ISO-8601 instant with a time zone',
    )
  },
)

it.each([
  { clock: 'sundial' },
  { semantics: 'guess' },
  { monitors: nightly },
  { apiKeys: 'ck_live_one' },
  { apiKeys: [''] },
  { monitors: [null] },
])('refuses %j', async (options) => {
  await expect(createMockServer(options as never)).rejects.toThrow(RangeError)
})

it('takes semantics of one’s own', async () => {
  const server = await startServer({
    monitors: [nightly],
    semantics: { ...scheduleAware, recoveryAlerts: false },
  })
  await accepted(server, 'nightly-backup', 'fail')
  await accepted(server, 'nightly-backup', 'success')

  expect(server.runs('nightly-backup').map(({ status }) => status)).toEqual(['failed', 'success'])
  expect(server.alerts().map(({ type }) => type)).toEqual(['failure'])
})

it('shows a monitor from its first ping to its pause', async () => {
  const server = await startServer({ monitors: [nightly] })
  expect(server.monitor('nightly-backup')).toEqual({
    id: 'nightly-backup',
    name: 'nightly-backup',
    status: 'waiting',
    definition: nightly,
  })

  const { runId } = await accepted(server, 'nightly-backup', 'start')
  expect(server.monitor('nightly-backup')).toMatchObject({
    status: 'active',
    lastPingAt: '2026-01-05T00:00:00.000Z',
    nextExpectedAt: '2026-01-05T02:00:00.000Z',
    openRunId: runId,
  })

  await accepted(server, 'nightly-backup', 'fail')
  expect(server.monitors()).toMatchObject([{ status: 'failing', failingSince: '2026-01-05T00:00:00.000Z' }])

  server.pause('nightly-backup')
  expect(server.monitor('nightly-backup').status).toBe('paused')
  expect(server.monitor('nightly-backup')).not.toHaveProperty('nextExpectedAt')
})

it('keeps still while a monitor is paused, and reckons anew when it is resumed', async () => {
  const server = await startServer({ monitors: [nightly] })
  await accepted(server, 'nightly-backup', 'success')

  server.pause('nightly-backup')
  await server.advance('3d')
  await accepted(server, 'nightly-backup', 'fail')
  expect(server.alerts()).toEqual([])
  expect(server.runs('nightly-backup').map(({ status }) => status)).toEqual(['success', 'failed'])

  server.resume('nightly-backup')
  await server.advance('1d')
  expect(server.alerts()).toMatchObject([{ type: 'missed', at: '2026-01-08T02:05:00.000Z' }])
})

it('names the monitors that exist when asked for another', async () => {
  const server = await startServer({ monitors: [nightly, { id: 'sync' }] })

  for (const ask of [
    () => server.runs('backup'),
    () => server.alerts('backup'),
    () => server.monitor('backup'),
    () => {
      server.pause('backup')
    },
    () => {
      server.resume('backup')
    },
  ]) {
    expect(ask).toThrow(RangeError)
    expect(ask).toThrow('There is no monitor "backup"; this server has nightly-backup, sync')
  }
})

it('hands out the alerts of one monitor, or of all in their order', async () => {
  const server = await startServer({ monitors: [nightly, { id: 'sync' }] })
  await accepted(server, 'nightly-backup', 'fail')
  await accepted(server, 'sync', 'fail')
  await accepted(server, 'nightly-backup', 'success')

  expect(server.alerts().map(({ type }) => type)).toEqual(['failure', 'failure', 'recovery'])
  expect(server.alerts('nightly-backup').map(({ type }) => type)).toEqual(['failure', 'recovery'])
  expect(server.alerts('sync').map(({ type }) => type)).toEqual(['failure'])
})

it('hands out frozen data that later events do not change', async () => {
  const rules = [{ field: 'records', operator: 'eq', threshold: 0 }] as const
  const server = await startServer({ monitors: [{ ...nightly, rules }] })
  await accepted(server, 'nightly-backup', 'start')
  const [run] = server.runs('nightly-backup')
  await accepted(server, 'nightly-backup', 'success', { meta: { records: 0 } })
  const [alert] = server.alerts()

  expect(run?.status).toBe('running')
  expect(Object.isFrozen(run)).toBe(true)
  expect(Object.isFrozen(alert)).toBe(true)
  expect(Object.isFrozen(alert?.details['rules'])).toBe(true)
  expect(Object.isFrozen(server.runs('nightly-backup')[0]?.meta)).toBe(true)
  expect(server.pings()).toHaveLength(2)
})

it('keeps its own copy of the definitions', async () => {
  const definition = { id: 'sync', rules: [{ field: 'records', operator: 'eq' as const, threshold: 0 }] }
  const server = await startServer({ monitors: [definition] })

  definition.rules.pop()
  await accepted(server, 'sync', 'success', { meta: { records: 0 } })

  expect(server.alerts()).toMatchObject([{ type: 'silent_failure' }])
})

it('tells subscribers of pings, runs and alerts as they happen, until they leave', async () => {
  const server = await startServer({ monitors: [nightly] })
  const heard: MockEvent[] = []
  const leave = server.subscribe((event) => heard.push(event))

  await accepted(server, 'nightly-backup', 'start')
  await accepted(server, 'nightly-backup', 'fail', { errorMessage: 'disk full' })
  await server.advance('3h')
  leave()
  await accepted(server, 'nightly-backup', 'success')

  expect(heard).toMatchObject([
    { type: 'ping', ping: { kind: 'start' } },
    { type: 'run', run: { status: 'running' } },
    { type: 'ping', ping: { kind: 'fail', errorMessage: 'disk full' } },
    { type: 'run', run: { status: 'failed', errorMessage: 'disk full' } },
    { type: 'alert', alert: { type: 'failure' } },
    { type: 'run', run: { status: 'missed' } },
    { type: 'alert', alert: { type: 'missed', at: '2026-01-05T02:05:00.000Z' } },
  ])
})

it('forgets the past on reset, and keeps monitors, key and time', async () => {
  const server = await startServer({ monitors: [nightly, { id: 'sync' }] })
  await accepted(server, 'nightly-backup', 'start')
  await accepted(server, 'sync', 'fail')
  server.pause('sync')
  await server.advance('1h')

  server.reset()

  expect([server.pings(), server.alerts(), server.runs('nightly-backup'), server.runs('sync')]).toEqual([
    [],
    [],
    [],
    [],
  ])
  expect(server.monitors().map(({ status }) => status)).toEqual(['waiting', 'waiting'])
  expect(server.now()).toBe('2026-01-05T01:00:00.000Z')
  await server.advance('2d')
  expect(server.alerts()).toEqual([])
  expect((await ping(server, 'sync', 'success')).status).toBe(200)
})

it('forgets the oldest where there is more than it keeps, and counts it', async () => {
  const server = await startServer({
    monitors: [nightly],
    keep: { pings: 2, runsPerMonitor: 2, alerts: 2 },
  })
  for (const errorMessage of ['1', '2', '3', '4', '5']) {
    await accepted(server, 'nightly-backup', 'fail', { errorMessage })
  }

  const kept = [{ errorMessage: '4' }, { errorMessage: '5' }]
  expect(server.pings()).toMatchObject(kept)
  expect(server.runs('nightly-backup')).toMatchObject(kept)
  expect(server.alerts()).toMatchObject(kept.map((details) => ({ details })))
  expect(server.dropped()).toEqual({ pings: 3, runs: 3, alerts: 3, requests: 0, notifications: 0 })
})
