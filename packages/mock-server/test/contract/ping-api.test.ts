import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Service, serviceOf } from './service.ts'

// What the documents say, and nothing else: this suite also runs against the real service. Every call goes over HTTP.

let service: Service

beforeAll(async () => {
  service = await serviceOf(process.env)
})

afterAll(() => service.close())

interface Answered {
  readonly status: number
  readonly body: {
    readonly success?: unknown
    readonly data?: Readonly<Record<string, unknown>>
  }
}

async function ping(kind: string, body?: unknown, apiKey = service.apiKey): Promise<Answered> {
  const answer = await fetch(`${service.baseUrl}/api/v1/ping/${service.monitorId}/${kind}`, {
    method: 'POST',
    headers: {
      'X-API-Key': apiKey,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: answer.ok ? (JSON.parse(text) as Answered['body']) : {} }
}

// [D PINGHTTP]
it.each([
  ['start', 'running'],
  ['success', 'success'],
  ['start', 'running'],
  ['fail', 'failed'],
])('answers a %s without a body with 200 and the documented envelope', async (kind, status) => {
  const { status: statusCode, body } = await ping(kind)

  expect(statusCode).toBe(200)
  expect(body.success).toBe(true)
  expect(body.data).toMatchObject({ received: true, monitorId: service.monitorId, status })
  expect(body.data?.['runId']).toEqual(expect.any(String))
  expect(body.data?.['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
})

// [D PINGHTTP]
it('takes numbers with a success', async () => {
  expect((await ping('success', { meta: { rows_processed: 1_523, share: 0.5, errors: 0 } })).status).toBe(200)
})

// [D PINGHTTP, LOG]
it('takes a message of 500 characters and a log of any length that is cut, with a fail', async () => {
  const body = { errorMessage: 'x'.repeat(500), meta: { exit_code: 1 }, logOutput: 'y'.repeat(12_000) }

  expect((await ping('fail', body)).status).toBe(200)
})

// [D PINGS]: a start opens a run, and its end closes that one
it('gives the end of a run the id that its start got', async () => {
  const started = await ping('start')
  const ended = await ping('success')

  expect(ended.body.data?.['runId']).toBe(started.body.data?.['runId'])
})

// [D PINGS, RUNS]: a start while a run is open begins another run
it('gives a second start a run of its own', async () => {
  const first = await ping('start')
  const second = await ping('start')
  await ping('success')

  expect(second.body.data?.['runId']).not.toBe(first.body.data?.['runId'])
})

// [D KEYS] for a revoked key; for one that never was the same [I]
it('answers 401 to a key that is not let in', async () => {
  expect((await ping('start', undefined, 'ck_live_notakeyatall')).status).toBe(401)
})
