import { createMockServer } from '@crontify/mock-server'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import * as undici6 from 'undici6'
import * as undici7 from 'undici'
import { systemClock } from '../src/system-clock.ts'
import {
  createUndiciTransport,
  undiciTransport,
  type UndiciDispatcher,
} from '../src/http/undici-transport.ts'
import { CrontifyMonitor } from '../src/client/crontify-monitor.ts'
import { connectProxy } from './support/connect-proxy.ts'
import { describeEveryTransport } from './support/every-transport.ts'
import { TEST_KEY } from './support/scripted.ts'

describe.each([
  ['6', undici6 as unknown as typeof undici7],
  ['7', undici7],
])('over undici %s', (_release, undici) => {
  // One for all pings, as a user has it.
  const agent = new undici.Agent()
  afterAll(() => agent.destroy())
  describeEveryTransport(() => createUndiciTransport(agent, systemClock), {
    ownsConnections: false,
    knowsWritten: true,
    reasonOfStatusZero: 'other',
  })

  const monitorOver = (dispatcher: UndiciDispatcher, baseUrl: string, apiKey = TEST_KEY): CrontifyMonitor =>
    new CrontifyMonitor({
      apiKey,
      baseUrl,
      monitorId: 'job',
      logger: false,
      transport: undiciTransport(dispatcher),
    })

  it('sends the pings of a client through a proxy agent', async () => {
    const server = await createMockServer({ monitors: [{ id: 'job' }], clock: 'virtual' })
    onTestFinished(() => server.close())
    const proxy = await connectProxy()
    const dispatcher = new undici.ProxyAgent({ uri: `http://${proxy.host}`, proxyTunnel: true })
    onTestFinished(() => dispatcher.destroy())

    const result = await monitorOver(dispatcher, server.url, server.apiKey).wrap(() => 5)

    expect(result).toBe(5)
    expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
    expect(proxy.heads.length).toBeGreaterThan(0)
  })

  it('sends the pings of a client to a mock agent', async () => {
    const dispatcher = new undici.MockAgent()
    dispatcher.disableNetConnect()
    const paths: string[] = []
    dispatcher
      .get('http://127.0.0.1:9')
      .intercept({ path: /^\/api\/v1\/ping\//, method: 'POST' })
      .reply(({ path }) => {
        paths.push(path)
        return { statusCode: 200, data: JSON.stringify({ success: true, data: { monitorId: 'job' } }) }
      })
      .persist()

    const monitor = monitorOver(dispatcher, 'http://127.0.0.1:9')
    await monitor.wrap(() => undefined)

    expect(paths).toEqual(['/api/v1/ping/job/start', '/api/v1/ping/job/success'])
    expect(monitor.stats()).toMatchObject({ delivered: 2, dropped: 0 })
  })

  it('gives a ping up at once when the dispatcher is destroyed', async () => {
    const dispatcher = new undici.Agent()
    await dispatcher.destroy()
    const monitor = monitorOver(dispatcher, 'http://127.0.0.1:9')

    const receipt = await monitor.success()

    expect(receipt).toBeNull()
    expect(monitor.stats()).toMatchObject({ dropped: 1, pending: 0 })
  })
})

it.each([[undefined], [null], [{}], ['http://proxy.test'], [new undici7.Headers()]])(
  'rejects %o, which is no dispatcher',
  (value) => {
    expect(() => undiciTransport(value as unknown as UndiciDispatcher)).toThrow(
      'undiciTransport takes a dispatcher of undici',
    )
  },
)
