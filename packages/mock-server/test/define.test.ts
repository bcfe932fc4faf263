import { expect, it } from 'vitest'
import { accepted, ping, startServer } from './server.ts'

const daily = { id: 'sync', schedule: '0 2 * * *' }
const mail = { id: 'mail', kind: 'email', to: 'ops@example.com' } as const

it('adds a monitor while it runs', async () => {
  const server = await startServer({ monitors: [daily] })

  server.define({ id: 'backup' })

  expect((await ping(server, 'backup', 'success')).status).toBe(200)
  expect(server.monitors().map(({ id }) => id)).toEqual(['sync', 'backup'])
  expect(server.journal().entries).toMatchObject([{ type: 'defined', monitorId: 'backup' }, {}])
})

it('keeps runs and state of a monitor that gets other rules', async () => {
  const server = await startServer({ monitors: [daily] })
  const { runId } = await accepted(server, 'sync', 'start')

  server.define({ ...daily, rules: [{ field: 'rows', operator: 'eq', threshold: 0 }] })
  const end = await accepted(server, 'sync', 'success', { meta: { rows: 0 } })

  expect(end.runId).toBe(runId)
  expect(server.alerts()).toMatchObject([{ type: 'silent_failure', runId }])
})

it('reckons anew what is awaited when the schedule is another one', async () => {
  const server = await startServer({ monitors: [daily] })
  await accepted(server, 'sync', 'success')

  server.define({ id: 'sync', schedule: '0 * * * *' })

  expect(server.monitor('sync').nextExpectedAt).toBe('2026-01-05T01:00:00.000Z')
  await server.advance('1h5m')
  expect(server.alerts()).toMatchObject([{ type: 'missed', at: '2026-01-05T01:05:00.000Z' }])
})

it('holds an open run to a limit that was made shorter meanwhile', async () => {
  const server = await startServer({ monitors: [{ id: 'sync', maxDurationSeconds: 7_200 }] })
  await accepted(server, 'sync', 'start')
  await server.advance('10m')

  server.define({ id: 'sync', maxDurationSeconds: 900 })
  await server.advance('6m')

  expect(server.alerts()).toMatchObject([{ type: 'hung', at: '2026-01-05T00:16:00.000Z' }])
})

it('says nothing of a monitor that was removed before it was due', async () => {
  const server = await startServer({ monitors: [daily] })
  await accepted(server, 'sync', 'success')

  server.remove('sync')
  await server.advance('2d')

  expect(server.alerts()).toEqual([])
})

it('leaves a paused monitor paused', async () => {
  const server = await startServer({ monitors: [daily] })
  await accepted(server, 'sync', 'success')
  server.pause('sync')

  server.define({ id: 'sync', schedule: '0 * * * *' })

  expect(server.monitor('sync').status).toBe('paused')
})

it('removes a monitor with its runs, and begins anew when it comes back', async () => {
  const server = await startServer({ monitors: [daily, { id: 'other' }] })
  await accepted(server, 'sync', 'fail')

  server.remove('sync')
  expect((await ping(server, 'sync', 'success')).status).toBe(404)
  server.define(daily)

  expect(server.runs('sync')).toEqual([])
  expect(server.monitor('sync').status).toBe('waiting')
  expect(server.pings()).toHaveLength(1)
  expect(() => {
    server.remove('nobody')
  }).toThrow('this server has other, sync')
})

it('replaces everything at once, or nothing', async () => {
  const server = await startServer({ monitors: [daily, { id: 'old' }], channels: [mail] })
  const { runId } = await accepted(server, 'sync', 'start')

  expect(() => {
    server.replaceAll({ monitors: [{ id: 'new' }, { id: 'bad', schedule: '61 * * * *' }], channels: [] })
  }).toThrow('Nothing was changed: monitor "bad": "schedule"')
  expect(server.monitors().map(({ id }) => id)).toEqual(['sync', 'old'])
  expect(server.channels()).toHaveLength(1)

  server.replaceAll({ monitors: [{ ...daily, channels: ['mail'] }, { id: 'new' }] })
  expect(server.monitors().map(({ id }) => id)).toEqual(['sync', 'new'])
  expect(server.monitor('sync').openRunId).toBe(runId)
})

it('adds and removes channels, but not one that is named', async () => {
  const server = await startServer({ monitors: [daily] })
  server.defineChannel(mail)
  server.define({ ...daily, channels: ['mail'] })
  await accepted(server, 'sync', 'fail')

  expect(server.notifications()).toMatchObject([{ channelId: 'mail' }])
  expect(() => {
    server.removeChannel('mail')
  }).toThrow('the channel "mail" is named by sync')
  server.define(daily)
  server.removeChannel('mail')
  expect(server.channels()).toEqual([])
})

it.each([null, {}, { id: '../x' }, { id: 'sync', grace: 5 }])(
  'refuses %j and changes nothing',
  async (wrong) => {
    const server = await startServer({ monitors: [daily] })
    const before = server.monitors()

    expect(() => {
      server.define(wrong as never)
    }).toThrow(RangeError)
    expect(server.monitors()).toEqual(before)
  },
)

it('keeps to its plan', async () => {
  const server = await startServer({ plan: 'free' })
  for (let count = 1; count <= 5; count += 1) server.define({ id: `job-${count}` })

  expect(() => {
    server.define({ id: 'job-6' })
  }).toThrow('the free plan has 5 monitors')
})
