import { createMockCrontify, type MockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'

const monitors = [{ id: 'job' }]

async function startMock(): Promise<MockServer> {
  const mock = await createMockCrontify({ monitors, clock: 'virtual' })
  onTestFinished(() => mock.close())
  return mock
}

const send = (mock: MockServer, init: RequestInit = {}): Promise<Response> =>
  mock.fetch(`${mock.url}/api/v1/ping/job/success`, {
    method: 'POST',
    headers: { 'X-API-Key': mock.apiKey },
    ...init,
  })

it('takes pings without a socket, whatever the host', async () => {
  const mock = await startMock()
  const { fetch } = mock

  const answer = await send(mock, { body: '{"meta":{"rows":3}}' })
  const other = await fetch('https://elsewhere.test/api/v1/ping/job/start', {
    method: 'POST',
    headers: { 'X-API-Key': mock.apiKey },
  })

  expect(await answer.json()).toMatchObject({ success: true, data: { status: 'success' } })
  expect(other.status).toBe(200)
  expect(mock.pings()).toMatchObject([{ kind: 'success', meta: { rows: 3 } }, { kind: 'start' }])
})

it('refuses what is wrong in the same words as over TCP', async () => {
  const mock = await startMock()

  const answer = await send(mock, { headers: { 'X-API-Key': 'ck_live_wrong' } })

  expect(answer.status).toBe(401)
  expect(await answer.json()).toMatchObject({ success: false, error: { statusCode: 401 } })
})

it('moves its clock', async () => {
  const mock = await startMock()
  await mock.advance('1h')
  expect(mock.now()).toBe('2026-01-05T01:00:00.000Z')
})

it.each([
  ['reset', 'ECONNRESET'],
  ['garbage', 'HPE_INVALID_CONSTANT'],
] as const)('reports %s as fetch does', async (type, code) => {
  const mock = await startMock()
  mock.faults.add({ type })

  await expect(send(mock)).rejects.toMatchObject({ message: 'fetch failed', cause: { code } })
  expect(mock.journal().entries).toMatchObject([{ outcome: 'faulted' }])
})

it.each(['silence', 'latency'] as const)('ends %s when the request is aborted', async (type) => {
  const mock = await startMock()
  mock.faults.add(type === 'latency' ? { type, delay: '1h' } : { type })

  const sent = send(mock, { signal: AbortSignal.timeout(10) })

  await expect(sent).rejects.toMatchObject({ name: type === 'latency' ? 'AbortError' : 'TimeoutError' })
})

it('ends silence when it is closed, and takes nothing afterwards', async () => {
  const mock = await startMock()
  mock.faults.add({ type: 'silence' })
  const sent = send(mock)

  const [, ended] = await Promise.allSettled([mock.close(), sent])

  expect(ended).toMatchObject({ status: 'rejected' })
  await expect(send(mock)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
})

it('breaks off in the middle of a body', async () => {
  const mock = await startMock()
  mock.faults.add({ type: 'halfAnswer' })

  const answer = await send(mock)

  expect(answer.status).toBe(200)
  await expect(answer.text()).rejects.toThrow('terminated')
})

it('gives a body without end', async () => {
  const mock = await startMock()
  mock.faults.add({ type: 'endlessBody' })
  const reader = ((await send(mock)).body as ReadableStream<Uint8Array>).getReader()

  let bytes = 0
  while (bytes < 1_000_000) bytes += (await reader.read()).value?.length ?? NaN

  await reader.cancel()
  expect(bytes).toBeGreaterThanOrEqual(1_000_000)
})

it.each([
  [{ type: 'status', status: 204 }, 204],
  [{ type: 'html' }, 200],
  [{ type: 'brokenJson' }, 200],
] as const)('answers with %j', async (fault, status) => {
  const mock = await startMock()
  mock.faults.add(fault)
  expect((await send(mock)).status).toBe(status)
})
