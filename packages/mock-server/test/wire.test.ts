import { connect } from 'node:net'
import { expect, it } from 'vitest'
import type { MockServer } from '@crontify/mock-server'
import { startServer } from './server.ts'

const ENDLESS_PARTS = 200
const PART_BYTES = 65_536

/** Writes bytes as they are, which fetch would not, and resolves to everything that comes back. */
function exchange(server: MockServer, head: string, parts: Iterable<string> = []): Promise<string> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let received = ''
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => (received += text))
    // The server may end the connection while we are still writing: what it said counts.
    socket.on('error', () => {})
    socket.on('close', () => {
      resolve(received)
    })
    socket.write(head.replaceAll('\n', '\r\n'))
    void (async () => {
      for (const part of parts) {
        if (socket.destroyed) return
        await new Promise((written) => socket.write(part, written))
      }
    })()
  })
}

const request = (server: MockServer, host: string, target = '/api/v1/ping/job/start'): string =>
  `POST ${target} HTTP/1.1\n${host}X-API-Key: ${server.apiKey}\nConnection: close\n\n`

const own = (server: MockServer): string => `Host: ${new URL(server.url).host}\n`

it('lets in the names of this machine', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })
  const { port } = new URL(server.url)

  for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
    expect(await exchange(server, request(server, `Host: ${name}:${port}\n`))).toMatch(/^HTTP\/1.1 200 /)
  }
})

it.each([
  ['another name', () => 'Host: evil.test\n'],
  ['no name', () => ''],
  ['a name twice', (server: MockServer) => own(server) + own(server)],
  ['its own name and another', (server: MockServer) => `${own(server)}Host: evil.test\n`],
  ['another port', () => 'Host: 127.0.0.1:1\n'],
])('answers 403 to %s, whatever the path, before it looks at the key', async (_case, host) => {
  const server = await startServer({ monitors: [{ id: 'job' }] })

  for (const target of ['/api/v1/ping/job/start', '/', '/nowhere']) {
    const answer = await exchange(server, request(server, host(server), target))
    expect(answer).toMatch(/^HTTP\/1.1 403 /)
    expect(answer).toContain('"statusCode":403')
  }
  expect(server.pings()).toEqual([])
})

it.each([
  '/api/v1/ping/..%2fjob/start',
  '/api/v1/ping/%00/start',
  '/api/v1/ping/%zz/start',
  '/api/v1/ping/x/../job/start',
  '//api/v1/ping/job/start',
  'http://evil.test/api/v1/ping/job/start',
])('answers 404 to the target "%s"', async (target) => {
  const server = await startServer({ monitors: [{ id: 'job' }] })

  expect(await exchange(server, request(server, own(server), target))).toMatch(/^HTTP\/1.1 404 /)
  expect(server.pings()).toEqual([])
})

it('answers 401 to two keys in one request', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })
  const twice = `${own(server)}X-API-Key: ${server.apiKey}\n`

  expect(await exchange(server, request(server, twice))).toMatch(/^HTTP\/1.1 401 /)
})

it.each([
  ['announced', 'Content-Length: 10000000000\n', 'x'.repeat(PART_BYTES)],
  ['chunked', 'Transfer-Encoding: chunked\n', `10000\r\n${'x'.repeat(PART_BYTES)}\r\n`],
])('answers 413 to an endless body, %s, and ends the connection', async (_case, header, part) => {
  const server = await startServer({ monitors: [{ id: 'job' }] })
  let sent = 0
  function* parts(): Generator<string> {
    for (; sent < ENDLESS_PARTS; sent += 1) yield part
  }

  const head = `POST /api/v1/ping/job/fail HTTP/1.1\n${own(server)}X-API-Key: ${server.apiKey}\n${header}\n`
  const answer = await exchange(server, head, parts())

  expect(answer).toMatch(/^HTTP\/1.1 413 /)
  expect(sent).toBeLessThan(ENDLESS_PARTS)
})

it('keeps what looks like a prototype in metadata out, and other objects as they were', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })
  const body =
    '{"meta":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1},"errorMessage":"<img onerror>"}'

  const answer = await exchange(
    server,
    `POST /api/v1/ping/job/fail HTTP/1.1\n${own(server)}X-API-Key: ${server.apiKey}\nConnection: close\n` +
      `Content-Length: ${body.length}\n\n${body}`,
  )

  expect(answer).toMatch(/^HTTP\/1.1 400 /)
  expect({}).not.toHaveProperty('polluted')
})
