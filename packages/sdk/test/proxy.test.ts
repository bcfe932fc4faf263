import { writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { createMockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'
import { CrontifyMonitor } from '../src/client/crontify-monitor.ts'
import { chooseProxy, type Proxy } from '../src/http/proxy-settings.ts'
import { systemClock } from '../src/system-clock.ts'
import type { PingRequest, Reply } from '../src/http/transport.ts'
import { createNodeTransport } from '../src/http/node-transport.ts'
import { connectProxy } from './support/connect-proxy.ts'
import { recordingServer } from './support/recording-server.ts'
import { runProgram, temporaryFolder } from './support/run-program.ts'
import { TEST_KEY } from './support/scripted.ts'
import { selfSignedCertificate } from './support/self-signed-certificate.ts'

function proxyAt(url: string): Proxy {
  const chosen = chooseProxy('https://api.crontify.com', url, {})
  if (chosen.type !== 'proxy') throw new Error(`No proxy: ${chosen.type}`)
  return chosen.proxy
}

function request(origin: string, apiKey: string = TEST_KEY): PingRequest {
  return {
    origin,
    path: '/api/v1/ping/job/fail',
    method: 'POST',
    headers: { 'X-API-Key': apiKey, 'content-type': 'application/json' },
    body: '{"errorMessage":"disk is full"}',
  }
}

async function sendThrough(proxyUrl: string, ping: PingRequest, timeoutMs = 5_000) {
  const transport = createNodeTransport(systemClock, { proxy: proxyAt(proxyUrl), agent: undefined })
  let isWritten = false
  const signal = AbortSignal.timeout(timeoutMs)
  const reply = await transport.send(ping, { signal, onWritten: () => (isWritten = true) })
  await new Promise((resolve) => setImmediate(resolve))
  return { reply, isWritten, error: errorOf(reply) }
}

function errorOf(reply: Reply): string {
  const error = reply.type === 'failure' ? reply.error : undefined
  return error instanceof Error ? `${(error as NodeJS.ErrnoException).code}: ${error.message}` : ''
}

it('carries a ping to the service, with the key inside of the tunnel', async () => {
  const server = await createMockServer({ monitors: [{ id: 'job' }], clock: 'virtual' })
  onTestFinished(() => server.close())
  const proxy = await connectProxy()

  const { reply, isWritten } = await sendThrough(`http://${proxy.host}`, request(server.url, server.apiKey))

  expect(reply).toMatchObject({ type: 'response', statusCode: 200 })
  expect(isWritten).toBe(true)
  expect(server.pings()).toMatchObject([{ kind: 'fail', errorMessage: 'disk is full' }])
  const { host } = new URL(server.url)
  expect(proxy.heads).toEqual([`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`])
})

it('shows its credentials to the proxy, and to nobody else', async () => {
  const server = await recordingServer()
  const proxy = await connectProxy()

  await sendThrough(`http://user:hunter2@${proxy.host}`, request(server.origin))

  const basic = `Basic ${Buffer.from('user:hunter2').toString('base64')}`
  expect(proxy.heads[0]).toContain(`\r\nProxy-Authorization: ${basic}\r\n`)
  expect(Object.keys(server.requests[0]?.headers ?? {})).not.toContain('proxy-authorization')
})

it.each<[string, string | ((client: { end(): unknown }) => void), string]>([
  ['407', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'ERR_PROXY_AUTH'],
  ['502', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n', 'ERR_PROXY_REFUSED'],
  ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: http://login.test/\r\n\r\n', 'ERR_PROXY_REFUSED'],
  ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', 'ERR_PROXY_BROKEN'],
  ['no end', `HTTP/1.1 200 OK\r\n${'x'.repeat(20_000)}`, 'ERR_PROXY_BROKEN'],
  ['the end', (client) => void client.end(), 'ERR_PROXY_BROKEN'],
])('sends nothing when the proxy answers with %s', async (_name, answer, code) => {
  const server = await recordingServer()
  const proxy = await connectProxy(answer)

  const { reply, isWritten, error } = await sendThrough(
    `http://user:hunter2@${proxy.host}`,
    request(server.origin),
  )

  expect(reply).toMatchObject({ type: 'failure', written: false, aborted: false })
  expect(isWritten).toBe(false)
  expect(error).toContain(`${code}: The proxy ${proxy.host} `)
  expect(error).not.toContain('hunter2')
  expect(server.requests).toEqual([])
})

it('says so when the proxy is not there', async () => {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  listener.close()
  await once(listener, 'close')

  const { reply, error } = await sendThrough(
    `http://user:hunter2@127.0.0.1:${port}`,
    request('http://a.test'),
  )

  expect(reply).toMatchObject({ type: 'failure', written: false })
  expect(error).toBe(`ERR_PROXY_UNREACHABLE: The proxy 127.0.0.1:${port} cannot be reached (ECONNREFUSED)`)
})

it('lets go of a proxy that keeps silent, at the deadline', async () => {
  const proxy = await connectProxy(() => {})

  const { reply, error } = await sendThrough(`http://${proxy.host}`, request('http://api.test'), 100)

  expect(reply).toMatchObject({ type: 'failure', written: false, aborted: true })
  expect(error).toContain('ERR_PROXY_TIMEOUT')
  await expect.poll(proxy.openConnections).toBe(0)
})

it('lets go of the tunnel when the service keeps silent, and does not call the ping unsent', async () => {
  const server = await recordingServer({ answer: () => {} })
  const proxy = await connectProxy()

  const { reply, error } = await sendThrough(`http://${proxy.host}`, request(server.origin), 200)

  expect(reply).toMatchObject({ type: 'failure', written: true, aborted: true })
  expect(error).not.toContain('proxy')
  expect(server.requests).toHaveLength(1)
  await expect.poll(proxy.openConnections).toBe(0)
})

/** In a process of its own, because only a process that begins takes in authorities. */
function programThrough(proxyUrl: string, origin: string, timeoutMs: number): string {
  return `
    import { chooseProxy } from '../src/http/proxy-settings.ts'
    import { systemClock } from '../src/system-clock.ts'
    import { createNodeTransport } from '../src/http/node-transport.ts'
    const chosen = chooseProxy('https://api.test', ${JSON.stringify(proxyUrl)}, {})
    const transport = createNodeTransport(systemClock, { proxy: chosen.type === 'proxy' ? chosen.proxy : undefined, agent: undefined })
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), ${timeoutMs})
    const startedAt = performance.now()
    const send = async () => {
      const reply = await transport.send(${JSON.stringify(request(origin))}, { signal: abort.signal, onWritten: () => {} })
      clearTimeout(timer)
      process.on('exit', () => {
        const error = reply.type === 'failure' ? (reply.error as { code?: string }).code : undefined
        const heldMs = performance.now() - startedAt
        process.stdout.write(JSON.stringify({ statusCode: reply.type === 'response' ? reply.statusCode : 0, error, heldMs }))
      })
    }
    void send()
  `
}

it('speaks TLS with the service inside of the tunnel, and checks its certificate', async () => {
  const certificate = selfSignedCertificate()
  const server = await recordingServer({ certificate })
  const proxy = await connectProxy()
  const authority = join(await temporaryFolder(), 'authority.pem')
  await writeFile(authority, certificate.cert)
  const source = programThrough(`http://${proxy.host}`, server.origin, 5_000)

  const trusting = await runProgram(source, { env: { NODE_EXTRA_CA_CERTS: authority } })
  const doubting = await runProgram(source)

  expect(JSON.parse(trusting.stdout)).toMatchObject({ statusCode: 200 })
  expect(JSON.parse(doubting.stdout)).toMatchObject({ statusCode: 0, error: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  expect(server.pings()).toEqual(['job/fail'])
  expect(proxy.heads.join('')).not.toContain(TEST_KEY)
})

it('speaks TLS with a proxy that wants it, and TLS with the service inside of that', async () => {
  const certificate = selfSignedCertificate()
  const server = await recordingServer({ certificate })
  const proxy = await connectProxy(undefined, certificate)
  const authority = join(await temporaryFolder(), 'authority.pem')
  await writeFile(authority, certificate.cert)
  const source = programThrough(`https://${proxy.host}`, server.origin, 5_000)

  const trusting = await runProgram(source, { env: { NODE_EXTRA_CA_CERTS: authority } })
  const doubting = await runProgram(source)

  expect(JSON.parse(trusting.stdout)).toMatchObject({ statusCode: 200 })
  expect(JSON.parse(doubting.stdout)).toMatchObject({ statusCode: 0, error: 'ERR_PROXY_UNREACHABLE' })
  expect(server.pings()).toEqual(['job/fail'])
})

it('does not hold the process after the deadline', async () => {
  const proxy = await connectProxy(() => {})

  const ending = await runProgram(programThrough(`http://${proxy.host}`, 'https://api.test', 200))

  const { error, heldMs } = JSON.parse(ending.stdout) as { error: string; heldMs: number }
  expect(error).toBe('ERR_PROXY_TIMEOUT')
  expect(heldMs).toBeLessThan(1_000)
})

it('is used by a client that is told to, or whose environment says so', async () => {
  const server = await createMockServer({ monitors: [{ id: 'job' }] })
  onTestFinished(() => server.close())
  const proxy = await connectProxy()
  const common = { apiKey: server.apiKey, baseUrl: server.url, monitorId: 'job' }

  const told = await new CrontifyMonitor({ ...common, proxy: `http://${proxy.host}` }).success()
  const direct = await new CrontifyMonitor(common).success()

  expect(told).toMatchObject({ status: 'success' })
  expect(direct).toMatchObject({ status: 'success' })
  expect(proxy.heads).toHaveLength(1)
})

it('is named in the warning when it is not there, without its password', async () => {
  const warnings: string[] = []
  const monitor = new CrontifyMonitor({
    apiKey: TEST_KEY,
    baseUrl: 'http://127.0.0.1:9',
    monitorId: 'job',
    proxy: 'http://user:hunter2@127.0.0.1:1',
    logger: { warn: (message) => warnings.push(message) },
  })

  await monitor.start()
  await monitor.close({ withinMs: 1_000 })

  expect(warnings[0]).toContain('the proxy on the way to 127.0.0.1:9 gave no connection')
  expect(warnings.join()).not.toContain('hunter2')
})

/** A program whose process exits in the middle of its run. */
function programThatExits(origin: string, proxy: string): string {
  return `
    import { CrontifyMonitor } from '../src/index.ts'
    const monitor = new CrontifyMonitor({
      apiKey: ${JSON.stringify(TEST_KEY)},
      baseUrl: ${JSON.stringify(origin)},
      proxy: ${JSON.stringify(proxy)},
      monitorId: 'job',
    })
    void monitor.wrap(() => { process.exit(7) })
  `
}

it.each([
  ['an http: service through an http: proxy', false, false],
  ['an https: service through an http: proxy', true, false],
  ['an https: service through an https: proxy', true, true],
])('carries what is sent while the process exits to %s', async (_name, isServiceSecure, isProxySecure) => {
  const certificate = selfSignedCertificate()
  const authority = join(await temporaryFolder(), 'authority.pem')
  await writeFile(authority, certificate.cert)
  const server = await recordingServer(isServiceSecure ? { certificate } : {})
  const proxy = await connectProxy(undefined, isProxySecure ? certificate : undefined)
  const proxyUrl = `${isProxySecure ? 'https' : 'http'}://user:secret@${proxy.host}`

  const ending = await runProgram(programThatExits(server.origin, proxyUrl), {
    env: { NODE_EXTRA_CA_CERTS: authority },
  })

  expect(ending).toMatchObject({ code: 7, stderr: '' })
  expect(server.pings()).toContain('job/fail')
  expect(proxy.heads.every((head) => /proxy-authorization: Basic dXNlcjpzZWNyZXQ=/i.test(head))).toBe(true)
  expect(proxy.heads.join('')).not.toContain(TEST_KEY)
  expect(JSON.stringify(server.requests.map(({ headers }) => headers))).not.toContain('dXNlcjpzZWNyZXQ=')
})

it('gives up at once, with its exit code, where the proxy refuses a process that exits', async () => {
  const server = await recordingServer()
  const proxy = await connectProxy('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
  const startedAt = performance.now()

  const ending = await runProgram(programThatExits(server.origin, `http://${proxy.host}`))

  expect(ending.code).toBe(7)
  expect(server.requests).toEqual([])
  expect(performance.now() - startedAt).toBeLessThan(3_000)
})
