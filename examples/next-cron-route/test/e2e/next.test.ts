import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { afterAll, beforeAll, expect, it } from 'vitest'

const FOLDER = fileURLToPath(new URL('../..', import.meta.url))
const NEXT = fileURLToPath(new URL('../../node_modules/next/dist/bin/next', import.meta.url))

let server: MockServer
let next: ChildProcess
let url: string

beforeAll(async () => {
  server = await createMockServer({ monitors: [{ id: 'nightly-report' }], rateLimitPerMinute: Infinity })
  next = spawn(process.execPath, [NEXT, 'start', '--hostname', '127.0.0.1', '--port', '0'], {
    cwd: FOLDER,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      CRON_SECRET: 'only-on-this-machine',
      CRONTIFY_API_KEY: server.apiKey,
      CRONTIFY_BASE_URL: server.url,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  url = await new Promise((resolve, reject) => {
    let printed = ''
    next.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? []
      if (found !== undefined && printed.includes('Ready')) resolve(found)
    })
    next.once('exit', (code) => reject(new Error(`next start ended with ${code}: ${printed}`)))
  })
})

afterAll(async () => {
  next.kill()
  await once(next, 'exit')
  await server.close()
})

async function call(path: string, secret = 'only-on-this-machine') {
  const before = server.pings().length
  const headers = { authorization: `Bearer ${secret}`, connection: 'close' }
  const answer = await fetch(url + path, { headers, redirect: 'manual' })
  const text = await answer.text()
  return { status: answer.status, text, pings: () => server.pings().slice(before) }
}

/** Pings that were handed to `after` come behind the response. */
async function kindsOf({ pings }: Awaited<ReturnType<typeof call>>): Promise<readonly string[]> {
  await expect.poll(() => pings().length, { timeout: 10_000, interval: 10 }).toBe(2)
  return pings().map(({ kind }) => kind)
}

it('has sent both pings when the response comes, with the metadata of the run', async () => {
  const called = await call('/api/report')

  expect([called.status, called.text]).toEqual([200, '{"rows":120}'])
  expect(called.pings()).toMatchObject([{ kind: 'start' }, { kind: 'success', meta: { rows: 120 } }])
})

it('refuses a wrong secret, and begins no run', async () => {
  const called = await call('/api/report', 'guessed')

  expect([called.status, called.pings()]).toEqual([401, []])
})

it.each([
  ['redirect', 307],
  ['not-found', 404],
])('takes %s() for no failure, and Next.js answers with %i', async (what, status) => {
  const called = await call(`/api/play/${what}`)

  expect([called.status, await kindsOf(called)]).toEqual([status, ['start', 'success']])
})

it.each([
  ['down', 503, 'responded with HTTP 503: the database is down'],
  ['throw', 500, 'disk is full'],
])('fails for a handler that plays "%s", which Next.js answers with %i', async (what, status, message) => {
  const called = await call(`/api/play/${what}`)

  expect([called.status, await kindsOf(called)]).toEqual([status, ['start', 'fail']])
  expect(called.pings()[1]?.errorMessage).toBe(message)
})

it('ends the run of a stream with the stream', async () => {
  const called = await call('/api/play/stream')

  expect([called.text, await kindsOf(called)]).toEqual(['piece 0\npiece 1\npiece 2\n', ['start', 'success']])
  expect(called.pings()[1]?.meta?.['duration_ms']).toBeGreaterThan(140)
})

it('pings from the edge runtime', async () => {
  const called = await call('/api/edge')

  expect([called.status, called.text, await kindsOf(called)]).toEqual([
    200,
    '{"rows":3}',
    ['start', 'success'],
  ])
})
