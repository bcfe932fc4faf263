import { connect, constants } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { createMockServer } from '@crontify/mock-server'
import { CrontifyMonitor } from '@crontify/sdk'
import { createRunTracker } from '@crontify/sdk/adapter'
import Fastify5, { type FastifyInstance, type FastifyRequest } from 'fastify'
import Fastify4 from 'fastify4'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { monitorRoute, requireSecret } from '../src/index.ts'

const VERSIONS: readonly (readonly [string, () => FastifyInstance])[] = [
  ['Fastify 5', () => Fastify5({ forceCloseConnections: true })],
  ['Fastify 4', () => Fastify4({ forceCloseConnections: true }) as unknown as FastifyInstance],
]

async function setUp(createApp: () => FastifyInstance) {
  const server = await createMockServer({ monitors: [{ id: 'job' }] })
  const app = createApp()
  onTestFinished(async () => {
    await app.close()
    await server.close()
  })
  const monitor = new CrontifyMonitor({ apiKey: server.apiKey, monitorId: 'job', baseUrl: server.url })
  const runs = createRunTracker(monitor)
  return {
    app,
    server,
    monitor,
    call: async (path: string, init?: RequestInit) => {
      if (app.server.address() === null) await app.listen({ port: 0, host: '127.0.0.1' })
      const address = app.server.address() as AddressInfo
      return fetch(`http://127.0.0.1:${address.port}${path}`, init)
    },
    seen: async () => {
      await runs.settled(5_000)
      return server.pings().map(({ kind, errorMessage, meta }) => [kind, errorMessage ?? meta?.['rows']])
    },
  }
}

describe.each(VERSIONS)('%s', (_version, createApp) => {
  it('answers as the handler does, and sends the numbers of its result', async () => {
    const { app, monitor, call, seen } = await setUp(createApp)
    app.post(
      '/job',
      monitorRoute(monitor, async () => ({ rows: 3 })),
    )

    const answer = await call('/job', { method: 'POST' })

    expect(await answer.json()).toEqual({ rows: 3 })
    expect(await seen()).toEqual([
      ['start', undefined],
      ['success', 3],
    ])
  })

  it.each([
    ['throws', () => Promise.reject(new Error('no rows')), 500, 'no rows'],
    [
      'sets a status of 500',
      (reply: { code(status: number): { send(text: string): unknown } }) => reply.code(503).send('busy'),
      503,
      'responded with HTTP 503',
    ],
  ])('fails a run whose handler %s', async (_name, answer, status, message) => {
    const { app, monitor, call, seen } = await setUp(createApp)
    app.post(
      '/job',
      monitorRoute(monitor, async (_request, reply) => answer(reply as never)),
    )

    expect((await call('/job', { method: 'POST' })).status).toBe(status)

    expect((await seen()).at(-1)).toEqual(['fail', message])
  })

  it('ends the run of a handler that answers later, when it has answered', async () => {
    const { app, monitor, call, seen } = await setUp(createApp)
    app.post(
      '/job',
      monitorRoute(monitor, (_request, reply) => {
        setImmediate(() => void reply.code(202).send('later'))
      }),
    )

    expect((await call('/job', { method: 'POST' })).status).toBe(202)

    expect((await seen()).map(([kind]) => kind)).toEqual(['start', 'success'])
  })

  it('lets only those in who know the secret', async () => {
    const { app, monitor, call, seen } = await setUp(createApp)
    const secrets = ['the secret of yesterday', 'the secret of today']
    app.get(
      '/job',
      { onRequest: requireSecret(secrets) },
      monitorRoute(monitor, async () => 'ok'),
    )

    for (const authorization of ['', 'Bearer the secret of tomorrow', 'Basic the secret of today']) {
      const answer = await call('/job', { headers: { authorization } })
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    }
    expect(await seen()).toEqual([])
    expect((await call('/job', { headers: { authorization: `Bearer ${secrets[0]}` } })).status).toBe(200)
    expect((await seen()).map(([kind]) => kind)).toEqual(['start', 'success'])
  })

  it('runs the route without pings where there is no monitor', async () => {
    const { app, call } = await setUp(createApp)
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    app.get(
      '/job',
      monitorRoute(undefined as never, async () => 'ok'),
    )

    expect(await (await call('/job')).text()).toBe('ok')
    expect(String(emitWarning.mock.calls[0]?.[0])).toContain('got undefined. The route runs without pings')
    emitWarning.mockRestore()
  })

  it('opens no run for a caller that a hook refuses, or that when leaves out', async () => {
    const { app, monitor, call, seen } = await setUp(createApp)
    app.addHook('onRequest', async (request, reply) => {
      if (request.headers['authorization'] !== 'Bearer s') return reply.code(401).send('unauthorized')
      return undefined
    })
    app.get(
      '/job',
      monitorRoute(monitor, async (_request: FastifyRequest) => 'ok', {
        when: (request) => request.method === 'POST',
      }),
    )

    expect((await call('/job')).status).toBe(401)
    expect((await call('/job', { headers: { authorization: 'Bearer s' } })).status).toBe(200)

    expect(await seen()).toEqual([])
  })

  it('keeps this, length and name', async () => {
    const { app, monitor, call } = await setUp(createApp)
    const selves: unknown[] = []
    async function report(this: unknown, _request: unknown): Promise<string> {
      selves.push(this)
      return 'ok'
    }
    const watched = monitorRoute(monitor, report)
    app.get('/job', watched)

    await call('/job')

    expect([watched.name, watched.length]).toEqual(['report', 1])
    expect(selves[0]).toHaveProperty('addHook')
  })
})

it('refuses what is no handler', () => {
  const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'job' })

  expect(() => monitorRoute(monitor, [] as never)).toThrow('got an Array')
})

it.each([
  ['a handler that answers from a callback', undefined, false],
  ['a route that says so', { onDisconnect: 'fail' } as const, true],
])('fails over HTTP/2 when the caller of %s leaves', async (_what, options, isAsync) => {
  const { app, monitor, seen } = await setUp(() => Fastify5({ http2: true }) as unknown as FastifyInstance)
  let called = (): void => {}
  const isCalled = new Promise<void>((resolve) => (called = resolve))
  const handler = isAsync
    ? async (_request: unknown, reply: { raw: { once(event: 'close', listener: () => void): unknown } }) => {
        called()
        await new Promise<void>((resolve) => reply.raw.once('close', resolve))
        return { rows: 1 }
      }
    : () => called()
  app.get('/job', monitorRoute(monitor, handler, options))
  await app.listen({ port: 0, host: '127.0.0.1' })
  const client = connect(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`)
  onTestFinished(() => client.destroy())
  const request = client.request({ ':path': '/job' }).on('error', () => {})
  await isCalled
  request.close(constants.NGHTTP2_CANCEL)

  await expect.poll(seen).toEqual([
    ['start', undefined],
    ['fail', 'the connection was closed before the response was finished'],
  ])
})

it('succeeds over HTTP/2 when the caller gets the response', async () => {
  const { app, monitor, seen } = await setUp(() => Fastify5({ http2: true }) as unknown as FastifyInstance)
  app.get(
    '/job',
    monitorRoute(monitor, async () => ({ rows: 3 })),
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
  const client = connect(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`)
  onTestFinished(() => client.destroy())
  const request = client.request({ ':path': '/job' })
  await new Promise((resolve) => request.resume().once('close', resolve))

  await expect.poll(seen).toEqual([
    ['start', undefined],
    ['success', 3],
  ])
})
