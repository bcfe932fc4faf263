import { once } from 'node:events'
import { expect, it } from 'vitest'
import { rawPing } from './raw-exchange.ts'
import { accepted, ping, startServer } from './server.ts'

const monitors = [{ id: 'job' }]

it('resets the connection instead of an answer', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'reset' })

  const { over, received } = rawPing(server, 'job', 'success')

  expect(await over).toBe('ECONNRESET')
  expect(received()).toBe('')
  expect(server.pings()).toEqual([])
})

it('says nothing at all until the client hangs up', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'silence', kind: 'success', times: 1 })

  const silent = rawPing(server, 'job', 'success')
  await once(silent.socket, 'connect')
  while (server.faults.list()[0]?.hits === 0) await accepted(server, 'job', 'start')
  await accepted(server, 'job', 'success')

  expect(silent.received()).toBe('')
  expect(silent.socket.readyState).toBe('open')
  silent.socket.destroy()
})

it('ends a silence when it is closed', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'silence' })
  const silent = rawPing(server, 'job', 'success')
  await once(silent.socket, 'connect')

  await server.close()

  await silent.over
  expect(silent.received()).toBe('')
})

it('answers late, but takes the ping at once', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'latency', delay: '300ms', kind: 'start' })
  const begun = performance.now()

  let isAnswered = false
  const late = ping(server, 'job', 'start').finally(() => (isAnswered = true))
  while (!server.pings().some(({ kind }) => kind === 'start')) await ping(server, 'job', 'success')
  const wasAnswered = isAnswered
  const answer = await late

  expect(answer.status).toBe(200)
  expect(wasAnswered).toBe(false)
  // Timers count in whole milliseconds from a moment before ours.
  expect(performance.now() - begun).toBeGreaterThanOrEqual(298)
})

it('breaks off in the middle of a body', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'halfAnswer', taken: true })

  const { over, received } = rawPing(server, 'job', 'success')
  await over

  const [head = '', body = ''] = received().split('\r\n\r\n')
  expect(head).toMatch(/^HTTP\/1.1 200 OK/)
  expect(body.length).toBe(Math.floor(Number(/Content-Length: (\d+)/.exec(head)?.[1]) / 2))
  expect(body).toMatch(/^{"success":true/)
  await expect(ping(server, 'job', 'success').then((answer) => answer.text())).rejects.toThrow()
})

it.each([
  [{ type: 'status', status: 503, retryAfter: 2 }, 503, '2'],
  [{ type: 'status', status: 429, retryAfter: 'Mon, 05 Jan 2026 00:00:00 GMT' }, 429, 'Mon, 05 Jan'],
  [{ type: 'status', status: 500 }, 500, ''],
  [{ type: 'status', status: 204 }, 204, ''],
] as const)('answers with %j', async (fault, status, retryAfter) => {
  const server = await startServer({ monitors })
  server.faults.add(fault)

  const answer = await ping(server, 'job', 'start')

  expect(answer.status).toBe(status)
  expect(answer.headers.get('retry-after') ?? '').toContain(retryAfter)
  if (status >= 400) {
    expect(await answer.json()).toMatchObject({ success: false, error: { statusCode: status } })
  }
})

it('sends the client elsewhere', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'status', status: 307, location: 'http://127.0.0.1:1/' })

  const answer = await fetch(`${server.url}/api/v1/ping/job/start`, { method: 'POST', redirect: 'manual' })

  expect([answer.status, answer.headers.get('location')]).toEqual([307, 'http://127.0.0.1:1/'])
})

it('answers with a page for people, and with JSON that is none', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'html', times: 1 })
  server.faults.add({ type: 'brokenJson', times: 1 })

  const page = await ping(server, 'job', 'start')
  const broken = await ping(server, 'job', 'start')

  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(await page.text()).toContain('<title>')
  await expect(broken.json()).rejects.toThrow(SyntaxError)
})

it('sends bytes that are not HTTP', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'garbage' })

  const { over, received } = rawPing(server, 'job', 'start')
  await over

  expect(received()).toContain('this is not HTTP')
  expect(received()).not.toContain('HTTP/1.1')
  await expect(ping(server, 'job', 'start')).rejects.toThrow()
})

it('sends a body without end, as long as the client reads', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'endlessBody' })
  const { body } = await ping(server, 'job', 'start')
  const reader = (body as ReadableStream<Uint8Array>).getReader()

  let bytes = 0
  while (bytes < 2_000_000) bytes += (await reader.read()).value?.length ?? NaN

  await reader.cancel()
  expect((await server.fetch(`${server.url}/nowhere`)).status).toBe(200)
})

it.each([
  [true, 1],
  [false, 0],
])('takes a ping behind a reset only where it is told to: %j', async (taken, count) => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'reset', taken })

  await expect(ping(server, 'job', 'start')).rejects.toThrow('fetch failed')

  expect(server.pings()).toHaveLength(count)
  expect(server.journal().entries).toMatchObject([{ outcome: 'faulted', fault: { type: 'reset' } }])
})

it('befalls a monitor, a kind and a count, and then is over', async () => {
  const server = await startServer({ monitors: [...monitors, { id: 'other' }] })
  server.faults.add({ type: 'status', status: 503, monitorId: 'job', kind: 'success', skip: 1, times: 2 })

  const statuses = []
  for (const [id, kind] of [
    ['job', 'start'],
    ['job', 'success'],
    ['other', 'success'],
    ['job', 'success'],
    ['job', 'success'],
    ['job', 'success'],
  ] as const) {
    statuses.push((await ping(server, id, kind)).status)
  }

  expect(statuses).toEqual([200, 200, 200, 503, 503, 200])
  expect(server.faults.list()).toMatchObject([{ skipped: 1, hits: 2, isOver: true }])
})

it('is a fault before it is a refusal', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'status', status: 503 })

  const answer = await fetch(`${server.url}/api/v1/ping/nobody/start`, { method: 'POST' })

  expect(answer.status).toBe(503)
  server.assertNoUnexpectedRequests()
})

it('forgets its faults on reset', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'reset' })

  server.reset()

  expect((await ping(server, 'job', 'start')).status).toBe(200)
})
