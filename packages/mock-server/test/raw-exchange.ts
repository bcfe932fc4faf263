import { connect, type Socket } from 'node:net'
import type { MockServer } from '@crontify/mock-server'

/** What a client sees that looks at bytes. */
export interface RawExchange {
  readonly socket: Socket
  /** Everything that has come so far. */
  received(): string
  /** Resolves when the connection is over: with the code of the error that ended it, or `closed`. */
  readonly over: Promise<string>
}

/** Sends a ping over a socket of its own, byte by byte as HTTP wants it. */
export function rawPing(server: MockServer, monitorId: string, kind: string): RawExchange {
  const { hostname, port, host } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  let text = ''
  let code = 'closed'
  socket.setEncoding('utf8')
  socket.on('data', (part: string) => (text += part))
  socket.on('error', (error: NodeJS.ErrnoException) => (code = error.code ?? 'error'))
  socket.write(
    `POST /api/v1/ping/${monitorId}/${kind} HTTP/1.1\r\nHost: ${host}\r\nX-API-Key: ${server.apiKey}\r\n\r\n`,
  )
  const over = new Promise<string>((resolve) => {
    socket.once('close', () => {
      resolve(code)
    })
  })
  return { socket, received: () => text, over }
}
