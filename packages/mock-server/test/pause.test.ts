import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replay, type MockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'
import { accepted, startServer } from './server.ts'

const job = { id: 'job', schedule: '0 * * * *', graceSeconds: 300 }

const post = (server: MockServer, path: string, body?: unknown): Promise<Response> =>
  fetch(`${server.url}/__control${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${server.controlToken}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

it('pauses until an instant, for a reason, and resumes by itself', async () => {
  const server = await startServer({ monitors: [job] })
  const events: string[] = []
  server.subscribe(({ type }) => events.push(type))
  await accepted(server, 'job', 'success')
  server.pause('job', { until: '2026-01-05T06:30:00+01:00', reason: 'migration' })

  expect(server.monitor('job').pause).toEqual({ until: '2026-01-05T05:30:00.000Z', reason: 'migration' })
  expect(server.explain('job')).toContain('paused until 2026-01-05 05:30:00 (migration)')
  await server.advance('5h')
  expect(server.monitor('job').status).toBe('paused')
  expect(events).not.toContain('pauseEnded')
  await server.advance('1h')
  expect(server.monitor('job')).toMatchObject({
    status: 'active',
    nextExpectedAt: '2026-01-05T06:00:00.000Z',
  })
  expect(server.monitor('job').pause).toBeUndefined()
  expect(events).toContain('pauseEnded')
  expect(server.alerts()).toEqual([])
  await server.advance('10m')
  expect(server.alerts()).toMatchObject([
    { type: 'missed', details: { expectedAt: '2026-01-05T06:00:00.000Z' } },
  ])
  expect(replay(server.journal()).alerts.map(({ type }) => type)).toEqual(['missed'])
})

it('keeps the end of a pause in the data file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pause-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const dataFile = join(folder, 'data.jsonl')
  const first = await startServer({ monitors: [job], dataFile })
  await accepted(first, 'job', 'success')
  first.pause('job', { until: '2026-01-05T03:00:00Z', reason: 'migration' })
  await first.close()

  const second = await startServer({ monitors: [job], dataFile })
  expect(second.monitor('job').pause).toEqual({ until: '2026-01-05T03:00:00.000Z', reason: 'migration' })
  await second.advance('3h')
  expect(second.monitor('job').status).toBe('active')
})

it.each([
  [{ until: '2026-01-04T00:00:00Z' }, /"until" must be an ISO-8601 instant .* got "2026-01-04T00:00:00Z"/],
  [{ until: 'tomorrow' }, /"until" must be/],
  [{ until: '2026-01-06' }, /"until" must be/],
  [{ reason: ' ' }, /"reason" must be a text of 1 to 500 characters/],
  [{ reason: 'x'.repeat(501) }, /"reason" must be/],
])('rejects a pause with %j', async (options, message) => {
  const server = await startServer({ monitors: [job] })
  expect(() => {
    server.pause('job', options)
  }).toThrow(message)
  expect(server.monitor('job').status).toBe('waiting')
})

it('pauses over HTTP with a body or without one', async () => {
  const server = await startServer({ monitors: [job] })
  expect((await post(server, '/monitors/job/pause')).status).toBe(200)
  expect(server.monitor('job').pause).toEqual({})
  const until = '2026-01-06T00:00:00.000Z'
  expect((await post(server, '/monitors/job/pause', { until, reason: 'holiday' })).status).toBe(200)
  expect(server.monitor('job').pause).toEqual({ until, reason: 'holiday' })
  expect((await post(server, '/monitors/job/pause', { until: 1 })).status).toBe(400)
  expect((await post(server, '/monitors/job/pause', { ends: until })).status).toBe(400)
})

it('acknowledges an open incident with a note, which a restart keeps and the next incident does not have', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'acknowledge-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const options = { monitors: [job], dataFile: join(folder, 'data.jsonl') }
  const first = await startServer(options)
  await accepted(first, 'job', 'success')
  expect((await post(first, '/monitors/job/acknowledge', { note: 'mine' })).status).toBe(400)
  await first.advance('1m')
  await accepted(first, 'job', 'fail')
  await first.advance('1m')
  expect(
    (await post(first, '/monitors/job/acknowledge', { note: ' the disk is being replaced ' })).status,
  ).toBe(200)
  const acknowledged = {
    monitorId: 'job',
    at: '2026-01-05T00:02:00.000Z',
    note: 'the disk is being replaced',
  }
  expect(await shown(first)).toEqual({ monitor: acknowledged, incidents: [acknowledged] })
  await first.close()

  const second = await startServer(options)
  expect(await shown(second)).toEqual({ monitor: acknowledged, incidents: [acknowledged] })
  await second.advance('1m')
  await accepted(second, 'job', 'success')
  await second.advance('1m')
  await accepted(second, 'job', 'fail')
  expect(await shown(second)).toEqual({ monitor: undefined, incidents: [undefined, acknowledged] })
  expect((await post(second, '/monitors/job/acknowledge', { note: 'x'.repeat(501) })).status).toBe(400)
  expect((await post(second, '/monitors/job/acknowledge')).status).toBe(200)
  second.reset()
  expect(await shown(second)).toEqual({ monitor: undefined, incidents: [] })
})

/** The acknowledgments that the dashboard shows: of the monitor now, and of each incident, the latest first. */
async function shown(server: MockServer): Promise<{ monitor: unknown; incidents: unknown[] }> {
  const read = async (
    path: string,
  ): Promise<Record<string, { attention?: { acknowledged?: unknown }; acknowledged?: unknown }[]>> => {
    const answer = await fetch(`${server.url}/__control${path}`, {
      headers: { Authorization: `Bearer ${server.controlToken}` },
    })
    return ((await answer.json()) as { data: Awaited<ReturnType<typeof read>> }).data
  }
  const { monitors = [] } = await read('/overview')
  const { incidents = [] } = await read('/incidents')
  return {
    monitor: monitors[0]?.attention?.acknowledged,
    incidents: incidents.map(({ acknowledged }) => acknowledged),
  }
}
