import { expect, it } from 'vitest'
import { replay, type MockServer } from '@crontify/mock-server'
import { startServer } from './server.ts'

const monitors = [{ id: 'job', schedule: '0 2 * * *', graceSeconds: 600 }]

async function send(
  server: MockServer,
  kind: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly runId: string | undefined }> {
  const answer = await fetch(`${server.url}/api/v1/ping/job/${kind}`, {
    method: 'POST',
    headers: { 'X-API-Key': server.apiKey, ...headers },
  })
  const { data } = (await answer.json()) as { data?: { runId: string } }
  return { status: answer.status, runId: data?.runId }
}

it('ignores all three headers unless it is told otherwise', async () => {
  const server = await startServer({ monitors })
  await server.advance('1h')
  const headers = {
    'Idempotency-Key': 'k',
    'X-Client-Run-Id': 'r',
    'X-Occurred-At': '2026-01-05T00:10:00.000Z',
  }

  await send(server, 'start', headers)
  await send(server, 'start', headers)

  expect(server.runs('job').map(({ status }) => status)).toEqual(['overlapped', 'running'])
  expect(server.pings()[0]?.at).toBe('2026-01-05T01:00:00.000Z')
})

it('takes a ping once for each idempotency key', async () => {
  const server = await startServer({ monitors, extensions: true })

  const first = await send(server, 'fail', { 'Idempotency-Key': 'k1' })
  const again = await send(server, 'fail', { 'Idempotency-Key': 'k1' })
  const next = await send(server, 'fail', { 'Idempotency-Key': 'k2' })
  const otherKind = await send(server, 'success', { 'Idempotency-Key': 'k1' })

  expect(again).toEqual(first)
  expect(next.runId).not.toBe(first.runId)
  expect(otherKind.runId).not.toBe(first.runId)
  expect(server.alerts().map(({ type }) => type)).toEqual(['failure', 'failure', 'recovery'])
})

it('takes a start that comes again for the same run once', async () => {
  const server = await startServer({ monitors, extensions: true })

  const first = await send(server, 'start', { 'X-Client-Run-Id': 'a' })
  const again = await send(server, 'start', { 'X-Client-Run-Id': 'a' })

  expect(again).toEqual(first)
  expect(server.alerts()).toEqual([])
  expect(server.runs('job')).toMatchObject([{ status: 'running' }])
})

it('does not let the end of an older run close the newer one', async () => {
  const server = await startServer({ monitors, extensions: true })
  await send(server, 'start', { 'X-Client-Run-Id': 'old' })
  const newer = await send(server, 'start', { 'X-Client-Run-Id': 'new' })

  const late = await send(server, 'success', { 'X-Client-Run-Id': 'old' })
  expect(server.monitor('job').openRunId).toBe(newer.runId)
  const end = await send(server, 'success', { 'X-Client-Run-Id': 'new' })

  expect(late.status).toBe(200)
  expect(end.runId).toBe(newer.runId)
  expect(server.runs('job').map(({ status }) => status)).toEqual(['overlapped', 'success'])
})

it('takes the end of a run whose start never came, if none is open', async () => {
  const server = await startServer({ monitors, extensions: true })

  await send(server, 'success', { 'X-Client-Run-Id': 'a' })

  expect(server.runs('job')).toMatchObject([{ status: 'success' }])
})

it('counts a ping for the time at which it happened', async () => {
  const server = await startServer({ monitors, extensions: true })
  await send(server, 'start', {})
  await server.advance('18m')

  await send(server, 'success', { 'X-Occurred-At': '2026-01-05T00:15:00.000Z' })

  const expected = [{ durationMs: 15 * 60_000, endedAt: '2026-01-05T00:15:00.000Z' }]
  expect(server.runs('job')).toMatchObject(expected)
  expect(replay(server.journal()).runs).toMatchObject(expected)
})

it('believes neither the future nor a time before the last ping', async () => {
  const server = await startServer({ monitors, extensions: true })
  await server.advance('1h')
  await send(server, 'start', { 'X-Occurred-At': '2030-01-01T00:00:00Z' })
  await send(server, 'success', { 'X-Occurred-At': '2020-01-01T00:00:00Z' })

  expect(server.pings().map(({ at }) => at)).toEqual(Array(2).fill('2026-01-05T01:00:00.000Z'))
})

it('refuses a time that is none', async () => {
  const server = await startServer({ monitors, extensions: true })

  expect((await send(server, 'start', { 'X-Occurred-At': 'yesterday' })).status).toBe(400)
  expect(server.journal().entries).toMatchObject([{ reason: 'badHeader', isUnexpected: true }])
})
