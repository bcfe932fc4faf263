import { createMockCrontify, type MockServer } from '@crontify/mock-server'
import { crontifyHandlers } from '@crontify/mock-server/msw'
import { setupServer } from 'msw/node'
import { expect, it, onTestFinished } from 'vitest'

/** An application as it is: it knows the service by its address, and sends with the global fetch. */
async function nightlySync(apiKey: string, rows: number): Promise<number> {
  const answer = await fetch('https://api.crontify.com/api/v1/ping/nightly-sync/success', {
    method: 'POST',
    headers: { 'X-API-Key': apiKey, 'Content-Type': 'application/json' },
    body: JSON.stringify({ meta: { rows } }),
  })
  return answer.status
}

async function startMocks(baseUrl?: string): Promise<MockServer> {
  const mock = await createMockCrontify({
    monitors: [{ id: 'nightly-sync', rules: [{ field: 'rows', operator: 'eq', threshold: 0 }] }],
    clock: 'virtual',
  })
  const msw = setupServer(...crontifyHandlers(mock, baseUrl === undefined ? {} : { baseUrl }))
  msw.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => {
    msw.close()
    return mock.close()
  })
  return mock
}

it('answers an application that uses the global fetch', async () => {
  const mock = await startMocks()

  const status = await nightlySync(mock.apiKey, 0)

  expect(status).toBe(200)
  expect(mock.alerts()).toMatchObject([{ type: 'silent_failure' }])
})

it('refuses and spoils as a server would, as far as MSW can', async () => {
  const mock = await startMocks()
  mock.faults.add({ type: 'reset', times: 1 })
  mock.faults.add({ type: 'status', status: 503, retryAfter: 1, times: 1 })

  await expect(nightlySync(mock.apiKey, 1)).rejects.toThrow(TypeError)
  expect(await nightlySync(mock.apiKey, 1)).toBe(503)
  expect(await nightlySync('ck_live_wrong', 1)).toBe(401)
  expect(await nightlySync(mock.apiKey, 1)).toBe(200)
})

it('ends a silence when the application gives up', async () => {
  const mock = await startMocks()
  mock.faults.add({ type: 'silence' })

  const sent = fetch('https://api.crontify.com/api/v1/ping/nightly-sync/start', {
    method: 'POST',
    signal: AbortSignal.timeout(20),
  })

  await expect(sent).rejects.toMatchObject({ name: 'TimeoutError' })
})

it('answers at another address, and at no other', async () => {
  const mock = await startMocks('https://crontify.example/')

  const there = await fetch('https://crontify.example/api/v1/ping/nightly-sync/start', {
    method: 'POST',
    headers: { 'X-API-Key': mock.apiKey },
  })

  expect(there.status).toBe(200)
  await expect(nightlySync(mock.apiKey, 1)).rejects.toThrow()
})

it.each(['https://gateway.test', 'https://gateway.test/crontify', 'https://gateway.test/a/b/'])(
  'takes pings under %s',
  async (baseUrl) => {
    const mock = await createMockCrontify({ monitors: [{ id: 'job' }] })
    const msw = setupServer(...crontifyHandlers(mock, { baseUrl }))
    msw.listen({ onUnhandledRequest: 'error' })
    onTestFinished(() => {
      msw.close()
    })

    const answer = await fetch(`${baseUrl.replace(/\/$/, '')}/api/v1/ping/job/fail`, {
      method: 'POST',
      headers: { 'X-API-Key': mock.apiKey, 'Content-Type': 'application/json' },
      body: JSON.stringify({ errorMessage: 'disk full' }),
    })

    expect(answer.status).toBe(200)
    expect(mock.runs('job')).toMatchObject([{ status: 'failed', errorMessage: 'disk full' }])
  },
)
