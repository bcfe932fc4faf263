import { expect, it } from 'vitest'
import { accepted, ping, startServer } from './server.ts'

const MAX_BODY_BYTES = 65_536

// [D PINGHTTP]
it.each([
  ['start', 'running'],
  ['success', 'success'],
  ['fail', 'failed'],
] as const)('answers a %s ping with 200 and the documented envelope', async (kind, status) => {
  const server = await startServer({
    monitors: [{ id: 'job' }],
    startAt: '2026-01-05T09:00:00Z',
    newId: () => 'id1',
  })

  const response = await ping(server, 'job', kind)

  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toEqual({
    success: true,
    data: {
      received: true,
      monitorId: 'job',
      runId: 'id1',
      status,
      timestamp: '2026-01-05T09:00:00.000Z',
    },
  })
})

it('answers the end of a run with the id that its start got', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })

  const start = await accepted(server, 'job', 'start')
  const success = await accepted(server, 'job', 'success', { meta: { records: 3 } })

  expect(success.runId).toBe(start.runId)
  expect(server.runs('job')).toMatchObject([{ runId: start.runId, status: 'success', meta: { records: 3 } }])
})

it('keeps the log of a failed run apart, and hands it out on its own path', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })
  const { runId } = await accepted(server, 'job', 'fail', { errorMessage: 'disk full', logOutput: 'at copy' })

  const response = await fetch(`${server.url}/api/v1/monitors/job/runs/${runId}/log`, {
    headers: { 'X-API-Key': server.apiKey },
  })

  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    success: true,
    data: { runId, monitorId: 'job', logOutput: 'at copy' },
  })
  expect(server.runs('job')[0]).not.toHaveProperty('logOutput')
})

it.each([
  ['POST', '/api/v1/ping/nobody/start', 404, 'no monitor'],
  ['POST', '/api/v1/ping/job/finish', 404, 'no such path'],
  ['POST', '/api/v1/ping/job', 404, 'no such path'],
  ['POST', '/api/v1/ping/job/start/', 404, 'no such path'],
  ['POST', '/', 404, 'no such path'],
  ['GET', '/api/v1/monitors', 404, 'no such path'],
  ['GET', '/api/v1/ping/job/start', 405, 'POST only'],
  ['PUT', '/api/v1/ping/job/success', 405, 'POST only'],
  ['OPTIONS', '/api/v1/ping/job/success', 405, 'POST only'],
  ['POST', '/api/v1/monitors/job/runs/x/log', 405, 'GET only'],
  ['GET', '/api/v1/monitors/nobody/runs/x/log', 404, 'no monitor'],
  ['GET', '/api/v1/monitors/job/runs/x/log', 404, 'no log'],
])('answers %s %s with %d, saying "%s"', async (method, path, statusCode, words) => {
  const server = await startServer({ monitors: [{ id: 'job' }] })

  const response = await fetch(server.url + path, { method, headers: { 'X-API-Key': server.apiKey } })

  expect(response.status).toBe(statusCode)
  expect(await response.json()).toEqual({
    success: false,
    error: { statusCode, message: expect.stringContaining(words) as string },
  })
  expect(server.pings()).toEqual([])
})

// [D KEYS for a revoked key; the rest I]
it.each([undefined, '', 'ck_live_wrong', 'ck_live_righ', 'ck_live_rightt'])(
  'refuses the key %j with 401, and does not repeat it',
  async (key) => {
    const server = await startServer({ monitors: [{ id: 'job' }], apiKeys: ['ck_live_right'] })

    const response = await fetch(`${server.url}/api/v1/ping/job/start`, {
      method: 'POST',
      headers: key === undefined ? {} : { 'X-API-Key': key },
    })
    const text = await response.text()

    expect(response.status).toBe(401)
    expect(text).toContain('X-API-Key')
    expect(text).not.toContain('ck_live')
    expect(server.pings()).toEqual([])
  },
)

it('keeps logs from those without a key', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })
  const { runId } = await accepted(server, 'job', 'fail', { logOutput: 'at copy' })

  const response = await fetch(`${server.url}/api/v1/monitors/job/runs/${runId}/log`)

  expect(response.status).toBe(401)
  expect(await response.text()).not.toContain('at copy')
})

it('lets in each of several keys', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }], apiKeys: ['ck_live_one', 'ck_live_two'] })

  const response = await fetch(`${server.url}/api/v1/ping/job/start`, {
    method: 'POST',
    headers: { 'X-API-Key': 'ck_live_two' },
  })

  expect(response.status).toBe(200)
  expect(server.apiKey).toBe('ck_live_one')
})

it.each([
  ['not JSON at all', 'not JSON'],
  ['[]', 'not a JSON object'],
  ['{"meta":{"records":"3"}}', 'entry \\"records\\"'],
])('refuses the body %s with 400', async (body, words) => {
  const server = await startServer({ monitors: [{ id: 'job' }] })

  const response = await fetch(`${server.url}/api/v1/ping/job/fail`, {
    method: 'POST',
    headers: { 'X-API-Key': server.apiKey },
    body,
  })

  expect(response.status).toBe(400)
  expect(await response.text()).toContain(words)
  expect(server.runs('job')).toEqual([])
})

it.each([
  [MAX_BODY_BYTES, 200],
  [MAX_BODY_BYTES + 1, 413],
])('answers a body of %d bytes with %d, its length announced or not', async (bytes, statusCode) => {
  const server = await startServer({ monitors: [{ id: 'job' }] })
  const frame = '{"logOutput":""}'
  const body = frame.replace('""', `"${'x'.repeat(bytes - frame.length)}"`)
  const send = (sent: string | ReadableStream): Promise<Response> =>
    fetch(`${server.url}/api/v1/ping/job/fail`, {
      method: 'POST',
      headers: { 'X-API-Key': server.apiKey },
      body: sent,
      duplex: 'half',
    } as RequestInit)

  const announced = await send(body)
  const streamed = await send(new Blob([body]).stream())

  expect([announced.status, streamed.status]).toEqual([statusCode, statusCode])
  expect(server.pings()).toHaveLength(statusCode === 200 ? 2 : 0)
})

it('takes a hundred pings at once', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })

  await Promise.all(Array.from({ length: 100 }, () => accepted(server, 'job', 'success')))

  expect(server.pings()).toHaveLength(100)
  expect(new Set(server.runs('job').map(({ runId }) => runId)).size).toBe(100)
})
