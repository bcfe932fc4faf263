import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { Certificate } from './self-signed-certificate.ts'

/** One request, as it came in. */
export interface Recorded {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface RecordingServer {
  readonly origin: string
  readonly port: number
  /** In the order in which they were complete. */
  readonly requests: readonly Recorded[]
  /** `monitor/kind`, in the same order. */
  pings(): readonly string[]
}

export interface RecordingOptions {
  /** @default 200 with an empty object */
  readonly answer?: (request: Recorded, response: ServerResponse) => void
  readonly certificate?: Certificate
}

/** A server on a free port of 127.0.0.1 that remembers what it was asked; it ends with the test. */
export async function recordingServer(options: RecordingOptions = {}): Promise<RecordingServer> {
  const requests: Recorded[] = []
  const answer = options.answer ?? ((_request, response) => void response.end('{}'))
  const onRequest = (incoming: IncomingMessage, response: ServerResponse): void => {
    text(incoming).then(
      (body) => {
        const request = { path: incoming.url ?? '', headers: incoming.headers, body }
        requests.push(request)
        answer(request, response)
      },
      () => {}, // Cut off half-way: not a request.
    )
  }
  const server =
    options.certificate === undefined
      ? createHttpServer(onRequest)
      : createHttpsServer(options.certificate, onRequest)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  const scheme = options.certificate === undefined ? 'http' : 'https'
  return {
    origin: `${scheme}://127.0.0.1:${port}`,
    port,
    requests,
    pings: () => requests.map(({ path }) => path.replace('/api/v1/ping/', '')),
  }
}
