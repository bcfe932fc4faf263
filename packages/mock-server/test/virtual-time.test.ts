import type { MockAlert, MockServer } from '@crontify/mock-server'
import { expect, it } from 'vitest'
import { accepted, startServer } from './server.ts'

const monitors = [
  { id: 'nightly-backup', schedule: '0 2 * * *', graceSeconds: 600 },
  { id: 'hourly-sync', schedule: '0 * * * *', timezone: 'America/New_York', graceSeconds: 300 },
  { id: 'worker', everySeconds: 90, graceSeconds: 45 },
  { id: 'long-report', maxDurationSeconds: 5_400 },
]

async function oneDay(jumps: number): Promise<{ alerts: readonly MockAlert[]; runs: unknown }> {
  let ids = 0
  const server = await startServer({ monitors, newId: () => `id${(ids += 1)}` })
  for (const { id } of monitors) await accepted(server, id, 'start')
  await accepted(server, 'worker', 'success')
  for (let jump = 0; jump < jumps; jump += 1) await server.advance(86_400_000 / jumps)
  return { alerts: server.alerts(), runs: monitors.map(({ id }) => server.runs(id)) }
}

it('gives equal alerts and runs whether a day goes by in 1, 24 or 1440 jumps', async () => {
  const atOnce = await oneDay(1)

  expect(await oneDay(24)).toEqual(atOnce)
  expect(await oneDay(1_440)).toEqual(atOnce)
  expect(atOnce.alerts.map(({ monitorId, type }) => `${monitorId} ${type}`).toSorted()).toEqual([
    'hourly-sync hung',
    'hourly-sync missed',
    'long-report hung',
    'nightly-backup hung',
    'nightly-backup missed',
    'worker missed',
  ])
})

it('dates what happens on the way by the sweep that found it', async () => {
  const server = await startServer({ monitors, startAt: '2026-01-05T02:00:00Z' })
  await accepted(server, 'nightly-backup', 'success')

  await server.advance('26h')

  expect(server.now()).toBe('2026-01-06T04:00:00.000Z')
  expect(server.alerts()).toEqual([
    {
      type: 'missed',
      severity: 'critical',
      monitorId: 'nightly-backup',
      runId: server.runs('nightly-backup')[1]?.runId,
      at: '2026-01-06T02:10:00.000Z',
      message:
        'nightly-backup did not run: expected 2026-01-06 02:00 UTC, nothing came within the grace period of 10 min',
      details: {
        expectedAt: '2026-01-06T02:00:00.000Z',
        graceMs: 600_000,
        lastPingAt: '2026-01-05T02:00:00.000Z',
        slotsMissed: 1,
        slotsNotRecorded: 0,
      },
    },
  ])
  expect(server.runs('nightly-backup')[1]).toEqual({
    runId: server.alerts()[0]?.runId,
    monitorId: 'nightly-backup',
    status: 'missed',
    expectedAt: '2026-01-06T02:00:00.000Z',
  })
})

it('tells a story of failure and recovery in order', async () => {
  const server = await startServer({ monitors })
  await accepted(server, 'long-report', 'start')
  await server.advance('5m')
  await accepted(server, 'long-report', 'fail', { errorMessage: 'disk full', logOutput: 'at copy' })
  await server.advance('2h')
  await accepted(server, 'long-report', 'success')

  expect(server.alerts('long-report')).toMatchObject([
    { type: 'failure', details: { errorMessage: 'disk full', logSnippet: 'at copy', durationMs: 300_000 } },
    { type: 'recovery', details: { outageMs: 7_200_000, failingFromAt: '2026-01-05T00:05:00.000Z' } },
  ])
  expect(server.monitor('long-report').status).toBe('active')
})

it('follows the loop as documented where it is told to', async () => {
  const server = await startServer({ monitors, semantics: 'documentedLiteral' })
  await accepted(server, 'nightly-backup', 'success')

  await server.advance('1d')

  expect(server.alerts()).toMatchObject([{ type: 'missed', at: '2026-01-05T00:11:00.000Z' }])
})

it('lets what a listener sets going settle before time moves on', async () => {
  const server = await startServer({ monitors })
  await accepted(server, 'nightly-backup', 'success')
  const seen: string[] = []
  server.subscribe((event) => {
    if (event.type !== 'alert') return
    void (async () => {
      for (let turn = 0; turn < 500; turn += 1) await undefined
      seen.push(server.now())
    })()
  })

  await server.advance('3h')

  expect(seen).toEqual(['2026-01-05T02:10:00.000Z'])
})

it('adds up advances that are asked for at once', async () => {
  const server = await startServer({ monitors })

  await Promise.all([server.advance('1h'), server.advance('30m'), server.advance(1_000)])

  expect(server.now()).toBe('2026-01-05T01:30:01.000Z')
})

it('goes through a year in one call', async () => {
  const server = await startServer({
    monitors: [{ id: 'monthly-invoice', schedule: '0 6 1 * *', graceSeconds: 3_600 }],
  })
  await accepted(server, 'monthly-invoice', 'success')

  await server.advance('365d')

  expect(server.runs('monthly-invoice').map(({ expectedAt }) => expectedAt)).toEqual([
    undefined,
    ...['02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map(
      (month) => `2026-${month}-01T06:00:00.000Z`,
    ),
    '2027-01-01T06:00:00.000Z',
  ])
  expect(server.alerts()).toHaveLength(1)
})

it.each(['', '5 minutes', -1, NaN])('refuses to advance by %j', async (duration) => {
  const server = await startServer()

  await expect(server.advance(duration)).rejects.toThrow('A duration must be')
})

it('says on a system clock that it cannot be advanced', async () => {
  const server: MockServer = await startServer({ clock: 'system' })

  await expect(server.advance('1h')).rejects.toThrow("clock: 'virtual'")
})
