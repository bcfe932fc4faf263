import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { onTestFinished } from 'vitest'
import type { Certificate } from './self-signed-certificate.ts'

export interface ConnectProxy {
  /** `127.0.0.1:PORT` */
  readonly host: string
  /** Heads of the requests that came in. */
  readonly heads: readonly string[]
  /** Connections that are open now, of clients. */
  openConnections(): number
}

/**
 * A proxy on a free port of 127.0.0.1 that knows CONNECT alone; it ends with the test.
 *
 * @param answer  What it says instead of connecting: a text, or what it does with the connection.
 */
export async function connectProxy(
  answer?: string | ((client: Socket) => void),
  certificate?: Certificate,
): Promise<ConnectProxy> {
  const heads: string[] = []
  const clients = new Set<Socket>()
  const onConnection = (client: Socket): void => {
    clients.add(client)
    client.on('error', () => {}).on('close', () => clients.delete(client))
    client.once('data', (bytes) => {
      const head = bytes.toString('latin1')
      heads.push(head)
      if (typeof answer === 'string') client.write(answer)
      else if (answer !== undefined) answer(client)
      else tunnel(client, head)
    })
  }
  const server =
    certificate === undefined ? createServer(onConnection) : createTlsServer(certificate, onConnection)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const client of clients) client.destroy()
  })
  const { port } = server.address() as AddressInfo
  return { host: `127.0.0.1:${port}`, heads, openConnections: () => clients.size }
}

function tunnel(client: Socket, head: string): void {
  const [, hostname = '', port] = /^CONNECT ([^ ]+):(\d+) HTTP\/1\.1\r\n/.exec(head) ?? []
  const target = connect(Number(port), hostname, () => {
    // In two parts, as a slow proxy would.
    client.write('HTTP/1.1 200 Connection establ')
    setImmediate(() => client.write('ished\r\nVia: test\r\n\r\n'))
    client.pipe(target).pipe(client)
  })
  target.on('error', () => client.destroy())
  client.on('close', () => target.destroy())
}
