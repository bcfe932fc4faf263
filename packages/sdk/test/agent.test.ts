import { once } from 'node:events'
import { Agent as HttpAgent, createServer as createHttpServer } from 'node:http'
import { Agent, createServer } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { CrontifyMonitor } from '../src/client/crontify-monitor.ts'
import { runProgram } from './support/run-program.ts'
import { TEST_KEY } from './support/scripted.ts'
import { selfSignedCertificate, type Certificate } from './support/self-signed-certificate.ts'

/** A service that accepts connections of clients with this certificate only. */
async function serviceFor(client: Certificate) {
  const certificate = selfSignedCertificate()
  const seen: string[] = []
  const server = createServer(
    { ...certificate, ca: client.cert, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      request.resume().on('end', () => {
        const subject = (request.socket as TLSSocket).getPeerCertificate().subject as { readonly CN: string }
        seen.push(`${request.url?.replace('/api/v1/ping/', '') ?? ''} by ${subject.CN}`)
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ success: true, data: { received: true, monitorId: 'job' } }))
      })
    },
  )
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, certificate, seen }
}

function monitorWith(options: object, warnings: string[] = []): CrontifyMonitor {
  return new CrontifyMonitor({
    apiKey: TEST_KEY,
    monitorId: 'job',
    logger: { warn: (message: string) => warnings.push(message) },
    ...options,
  })
}

it('reaches a service that requires a client certificate and has an authority of its own', async () => {
  const client = selfSignedCertificate()
  const service = await serviceFor(client)
  const agent = new Agent({ ca: service.certificate.cert, ...client, keepAlive: true })
  onTestFinished(() => agent.destroy())

  const monitor = monitorWith({ baseUrl: service.url, agent })
  const result = await monitor.wrap(() => 'done')

  expect(result).toBe('done')
  expect(service.seen).toEqual(['job/start by crontify test', 'job/success by crontify test'])
  expect(monitor.stats()).toMatchObject({ delivered: 2, dropped: 0 })
})

it('sends nothing without the client certificate', async () => {
  const service = await serviceFor(selfSignedCertificate())
  const warnings: string[] = []
  const agent = new Agent({ ca: service.certificate.cert })

  const monitor = monitorWith({ baseUrl: service.url, agent }, warnings)
  await monitor.start()
  await monitor.close({ withinMs: 500 })

  expect(service.seen).toEqual([])
  expect(monitor.stats().delivered).toBe(0)
  expect(warnings.join()).not.toContain(TEST_KEY)
})

it('presents the client certificate also while the process exits', async () => {
  const client = selfSignedCertificate()
  const service = await serviceFor(client)
  const options = JSON.stringify({ ca: service.certificate.cert, ...client })

  const ending = await runProgram(`
    import { Agent } from 'node:https'
    import { CrontifyMonitor } from '../src/index.ts'
    const agent = new Agent(${options})
    const monitor = new CrontifyMonitor({ apiKey: '${TEST_KEY}', baseUrl: '${service.url}', monitorId: 'job', agent })
    void monitor.wrap(() => { process.exit(7) })
  `)

  expect(ending.code).toBe(7)
  expect(service.seen).toContain('job/fail by crontify test')
})

it('sends through a proxy agent, which makes its own connections', async () => {
  const paths: string[] = []
  const server = createHttpServer((request, response) => {
    paths.push(request.url ?? '')
    request.resume()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ success: true, data: { received: true, monitorId: 'job' } }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  class ElsewhereAgent extends HttpAgent {
    override createConnection() {
      return connect(port, '127.0.0.1')
    }
  }

  const monitor = monitorWith({ baseUrl: 'http://localhost:9', agent: new ElsewhereAgent() })
  await monitor.success()

  expect(paths).toEqual(['/api/v1/ping/job/success'])
})

it('gives up at once, and says why, when the agent is for another protocol', async () => {
  const warnings: string[] = []
  const monitor = monitorWith({ baseUrl: 'https://127.0.0.1:9', agent: new HttpAgent() }, warnings)

  const result = await monitor.wrap(() => 'done')

  expect(result).toBe('done')
  expect(monitor.stats()).toMatchObject({ pending: 0, dropped: 2 })
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('the transport does not work in this process')
  expect(warnings[0]).toContain('ERR_INVALID_PROTOCOL')
})

it.each([[true], ['an agent'], [{}], [{ keepAlive: true }]])('rejects the agent %o', (agent) => {
  const warnings: string[] = []

  const monitor = monitorWith({ agent }, warnings)

  expect(monitor.enabled).toBe(false)
  expect(warnings[0]).toContain('agent must be an https.Agent or a proxy agent, got ')
})

it('says which option is ignored when two of them decide how pings are sent', () => {
  const warnings: string[] = []

  const monitor = monitorWith({ agent: new Agent(), proxy: 'http://proxy.test:3128' }, warnings)

  expect(monitor.enabled).toBe(true)
  expect(warnings[0]).toContain('The option proxy is ignored, because agent is given')
})
