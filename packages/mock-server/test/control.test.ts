import { connect } from 'node:net'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import type { MockServer } from '@crontify/mock-server'
import { accepted, startServer } from './server.ts'

interface Answer {
  readonly status: number
  readonly data: Record<string, unknown>
  readonly message: string
}

async function control(server: MockServer, method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${server.url}/__control${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${server.controlToken}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const json = (await answer.json()) as { data?: Record<string, unknown>; error?: { message: string } }
  return { status: answer.status, data: json.data ?? {}, message: json.error?.message ?? '' }
}

const sync = { id: 'sync', schedule: '0 2 * * *' }
const mail = { id: 'mail', kind: 'email', to: 'ops@example.com' } as const

it('steers a whole night from outside', async () => {
  const server = await startServer()

  await control(server, 'PUT', '/channels/mail', { kind: 'email', to: 'ops@example.com' })
  await control(server, 'PUT', '/monitors/sync', { schedule: '0 2 * * *', channels: ['mail'] })
  await accepted(server, 'sync', 'success')
  const moved = await control(server, 'POST', '/clock/advance', { by: '26h' })

  expect(moved.data).toEqual({ now: '2026-01-06T02:00:00.000Z', clock: 'virtual' })
  expect((await control(server, 'GET', '/alerts')).data).toMatchObject({ alerts: [{ type: 'missed' }] })
  expect((await control(server, 'GET', '/notifications')).data).toMatchObject({
    notifications: [{ channelId: 'mail', alertType: 'missed' }],
  })
  expect((await control(server, 'GET', '/monitors/sync')).data).toMatchObject({ status: 'failing' })
  expect((await control(server, 'GET', '/monitors/sync/runs')).data).toMatchObject({
    runs: [{ status: 'success' }, { status: 'missed' }],
  })
  expect((await control(server, 'GET', '/monitors/sync/story')).data['lines']).toContain(
    '  2026-01-05 02:05:00  told   mail (email)',
  )
})

it('mutes, tests, spoils, replays and resets', async () => {
  const server = await startServer({ monitors: [sync], channels: [mail] })
  expect((await control(server, 'POST', '/monitors/sync/pause')).data).toMatchObject({ status: 'paused' })
  expect((await control(server, 'POST', '/monitors/sync/resume')).data).toMatchObject({ status: 'waiting' })
  expect((await control(server, 'POST', '/channels/mail/test')).data).toMatchObject({ alertType: 'test' })

  const fault = await control(server, 'POST', '/faults', { type: 'status', status: 503 })
  expect((await control(server, 'GET', '/faults')).data).toMatchObject({ faults: [{ status: 503, hits: 0 }] })
  expect((await control(server, 'DELETE', `/faults/${String(fault.data['id'])}`)).status).toBe(200)
  expect((await control(server, 'DELETE', `/faults/${String(fault.data['id'])}`)).status).toBe(404)
  await accepted(server, 'sync', 'success', { meta: { rows: 0 } })
  const rules = [{ field: 'rows', operator: 'eq', threshold: 0 }]
  const replayed = await control(server, 'POST', '/journal/replay', { monitors: [{ ...sync, rules }] })
  expect(replayed.data).toMatchObject({ alerts: [{ type: 'silent_failure' }] })
  expect((await control(server, 'GET', '/journal')).data['entries']).toHaveLength(3)
  expect((await control(server, 'GET', '/pings')).data['pings']).toHaveLength(1)

  await control(server, 'POST', '/reset')

  expect(server.pings()).toEqual([])
  expect((await control(server, 'PUT', '/definitions', { monitors: [] })).data['monitors']).toEqual([])
  expect((await control(server, 'DELETE', '/channels/mail')).status).toBe(200)
  expect((await control(server, 'DELETE', '/faults')).status).toBe(200)
})

it.each([
  ['PUT', '/monitors/sync', { schedule: '61 * * * *' }, 400, '"schedule"'],
  ['PUT', '/monitors/sync', { grace: 5 }, 400, 'did you mean "graceSeconds"'],
  ['PUT', '/monitors/sync', { id: 'other' }, 400, '"id" is "other": the path says "sync"'],
  ['PUT', '/monitors/sync', [], 400, 'A monitor definition must be an object'],
  ['PUT', '/monitors/sync', '{', 400, 'not JSON'],
  ['PUT', '/channels/x', { kind: 'sms' }, 400, '"kind" must be one of email'],
  ['PUT', '/definitions', { monitor: [] }, 400, '"monitor" is no field'],
  ['POST', '/clock/advance', { by: 'soon' }, 400, `"by" is "soon": expected milliseconds`],
  ['POST', '/clock/advance', {}, 400, '"by" is missing'],
  ['POST', '/faults', { type: 'status', status: 99 }, 400, '"status" is 99'],
  ['POST', '/journal/replay', { semantics: 'guess' }, 400, '"semantics" is "guess"'],
  ['POST', '/monitors/nobody/pause', undefined, 404, 'There is no monitor "nobody"'],
  ['POST', '/channels/nobody/test', undefined, 404, 'There is no channel "nobody"'],
  ['DELETE', '/channels/mail', undefined, 400, 'is named by sync'],
  ['GET', '/nowhere', undefined, 404, '/__control/openapi.json lists them'],
  ['PUT', '/definitions', `{"monitors":[${' '.repeat(1_100_000)}]}`, 413, 'larger than'],
] as const)(
  'answers %s %s %j with %d and says why, losing nothing',
  async (method, path, body, status, words) => {
    const server = await startServer({ monitors: [{ ...sync, channels: ['mail'] }], channels: [mail] })
    await accepted(server, 'sync', 'success')
    const before = JSON.stringify([
      server.monitors(),
      server.channels(),
      server.runs('sync'),
      server.faults.list(),
    ])

    const answer = await control(server, method, path, body)

    expect(answer.status).toBe(status)
    expect(answer.message).toContain(words)
    expect(
      JSON.stringify([server.monitors(), server.channels(), server.runs('sync'), server.faults.list()]),
    ).toBe(before)
  },
)

it('cannot move the clock of the machine', async () => {
  const server = await startServer({ clock: 'system' })
  expect(await control(server, 'POST', '/clock/advance', { by: '1h' })).toMatchObject({
    status: 409,
    message: "This server follows the machine's clock",
  })
})

it.each([undefined, 'Bearer wrong', 'Bearer ', 'Basic x', 'token'])(
  'lets nobody in with %j',
  async (given) => {
    const server = await startServer({ monitors: [sync] })

    for (const path of ['/monitors', '/openapi.json', '/nowhere']) {
      const answer = await fetch(`${server.url}/__control${path}`, {
        headers: given === undefined ? {} : { Authorization: given },
      })
      expect(answer.status).toBe(403)
      expect(await answer.text()).not.toContain(server.controlToken)
    }
  },
)

it('takes neither the API key for the token nor the token for a key', async () => {
  const server = await startServer({ monitors: [sync] })
  const asToken = await fetch(`${server.url}/__control/monitors`, {
    headers: { Authorization: `Bearer ${server.apiKey}` },
  })
  const asKey = await fetch(`${server.url}/api/v1/ping/sync/start`, {
    method: 'POST',
    headers: { 'X-API-Key': server.controlToken },
  })

  expect([asToken.status, asKey.status]).toEqual([403, 401])
})

// reliability.md, L2
it('takes no form and no plain text, and allows no other origin', async () => {
  const server = await startServer({ monitors: [sync] })
  const post = (headers: Record<string, string>, method = 'POST'): Promise<Response> =>
    fetch(`${server.url}/__control/faults`, {
      method,
      headers: { Origin: 'https://evil.test', ...headers },
      ...(method === 'POST' ? { body: '{"type":"reset"}' } : {}),
    })

  const plain = await post({ 'Content-Type': 'text/plain' })
  const form = await post({ 'Content-Type': 'application/x-www-form-urlencoded' })
  const preflight = await post({ 'Access-Control-Request-Method': 'POST' }, 'OPTIONS')
  const withToken = await post({
    'Content-Type': 'text/plain',
    Authorization: `Bearer ${server.controlToken}`,
  })

  expect([plain.status, form.status, preflight.status, withToken.status]).toEqual([403, 403, 403, 415])
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  expect(server.faults.list()).toEqual([])
})

it('takes no WebSocket', async () => {
  const server = await startServer()
  const { port, hostname, host } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (part: Buffer) => (answer += String(part)))
  socket.write(
    `GET /__control/clock HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  )
  await once(socket, 'close')

  expect(answer).toMatch(/^HTTP\/1.1 403 /)
})

it('describes itself from the schemas that it checks with', async () => {
  const server = await startServer()
  const answer = await fetch(`${server.url}/__control/openapi.json`, {
    headers: { Authorization: `Bearer ${server.controlToken}` },
  })
  const document = (await answer.json()) as {
    openapi: string
    paths: Record<
      string,
      Record<string, { operationId: string; requestBody?: unknown; parameters?: unknown[] }>
    >
  }

  expect(document.openapi).toBe('3.1.0')
  expect(JSON.stringify(document)).not.toContain('$defs')
  expect(Object.keys(document.paths)).toContain('/__control/monitors/{id}/pause')
  expect(JSON.stringify(document.paths['/__control/monitors/{id}']?.['put']?.requestBody)).toContain(
    'graceSeconds',
  )
  expect(JSON.stringify(document.paths['/__control/faults']?.['post']?.requestBody)).toContain('endlessBody')
  expect(JSON.stringify(document.paths['/__control/channels/{id}']?.['put']?.requestBody)).toContain(
    'routingKey',
  )
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const [path, methods] of Object.entries(document.paths)) {
    const named = (path.match(/\{/g) ?? []).length
    for (const operation of Object.values(methods)) expect(operation.parameters ?? []).toHaveLength(named)
  }
})

it('is there in process as well, and stays out of the journal', async () => {
  const server = await startServer()
  const answer = await server.fetch(`${server.url}/__control/clock`, {
    headers: { Authorization: `Bearer ${server.controlToken}` },
  })

  expect(await answer.json()).toEqual({ success: true, data: { now: server.now(), clock: 'virtual' } })
  expect(server.journal().entries).toEqual([])
})
