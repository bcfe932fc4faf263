import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Certificate } from './self-signed-certificate.ts'

/** A request as it came over the wire. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Milliseconds since the server was started. */
  readonly at: number
}

/** A connection, whether or not a request came over it. */
export interface SeenConnection {
  readonly openedAt: number
  /** That were read from it, with those of a TLS handshake. */
  readonly bytes: number
  readonly isOpen: boolean
}

/** The server's side of one connection, as a script uses it. Nothing here rejects when the client is gone. */
export interface Wire {
  /** The next whole request; `undefined` if the connection ends before. */
  request(): Promise<SeenRequest | undefined>
  /** Resolves when something of a request has come, or the connection has ended. */
  firstBytes(): Promise<void>
  /** Hands bytes to the socket; waits while the client does not take them. */
  write(bytes: string | Uint8Array): Promise<void>
  /** Says that nothing more will come: FIN. */
  end(): void
  /** Breaks the connection off: RST. */
  reset(): void
  /** Leaves what comes in unread. */
  stopReading(): void
  /** Waits, at most until the connection ends. */
  wait(ms: number): Promise<void>
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>
  readonly isOpen: boolean
}

/** What the server does with one connection. */
export type Script = (wire: Wire) => Promise<void> | void

export interface FaultServer {
  readonly origin: string
  readonly port: number
  /** Every whole request so far. */
  readonly requests: readonly SeenRequest[]
  /** Every connection so far. */
  readonly connections: readonly SeenConnection[]
  /** Resolves when `count` connections have been accepted. */
  whenConnected(count: number): Promise<void>
  /** Resolves when `count` whole requests have come. */
  whenRequested(count: number): Promise<void>
  /** Resolves when no connection is open. */
  whenQuiet(): Promise<void>
  /** Breaks off what is open and stops listening. */
  close(): Promise<void>
}

/** Most bytes of a connection that are kept for parsing. */
const MAX_KEPT_BYTES = 1024 * 1024
/** Longest that a script may wait at one place, in milliseconds: a test that waits longer is broken. */
const MAX_WAIT_MS = 10_000

/**
 * A server on 127.0.0.1 that plays one script per connection, in the given order; past their end the last one again.
 *
 * With a certificate it speaks TLS.
 */
export async function startFaultServer(
  scripts: Script | readonly Script[],
  certificate?: Certificate,
): Promise<FaultServer> {
  const list = typeof scripts === 'function' ? [scripts] : scripts
  const startedAt = performance.now()
  const requests: SeenRequest[] = []
  const connections: SeenConnection[] = []
  const sockets = new Set<Socket>()
  const watchers = new Set<() => void>()
  const changed = (): void => watchers.forEach((watch) => watch())
  const now = (): number => performance.now() - startedAt
  const until = (isTrue: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const watch = (): void => {
        if (!isTrue()) return
        watchers.delete(watch)
        resolve()
      }
      watchers.add(watch)
      watch()
    })

  let played = 0
  const play = (socket: Socket): void => {
    const script = list[played++] ?? list.at(-1)
    const onRequest = (request: SeenRequest): void => {
      requests.push(request)
      changed()
    }
    void script?.(createWire(socket, now, onRequest))
  }
  const server: Server = certificate ? createTlsServer(certificate, play) : createServer(play)
  // Comes before TLS has begun, so that a connection which never becomes secure is seen too.
  server.prependListener('connection', (socket: Socket) => {
    const openedAt = now()
    sockets.add(socket)
    connections.push({
      openedAt,
      get bytes() {
        return socket.bytesRead
      },
      get isOpen() {
        return sockets.has(socket)
      },
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      changed()
    })
    changed()
  })
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    connections,
    whenConnected: (count) => until(() => connections.length >= count),
    whenRequested: (count) => until(() => requests.length >= count),
    whenQuiet: () => until(() => sockets.size === 0),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function createWire(socket: Socket, now: () => number, onRequest: (request: SeenRequest) => void): Wire {
  let unread = Buffer.alloc(0)
  let isOpen = true
  const waiting: SeenRequest[] = []
  let wake = (): void => {}
  let onFirstBytes = (): void => {}
  const firstBytes = new Promise<void>((resolve) => (onFirstBytes = resolve))
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => {
      isOpen = false
      resolve()
      onFirstBytes()
      wake()
    })
  })
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    onFirstBytes()
    unread = Buffer.concat([unread, chunk]).subarray(0, MAX_KEPT_BYTES)
    for (let parsed = parse(unread, now()); parsed !== undefined; parsed = parse(unread, now())) {
      unread = unread.subarray(parsed.length)
      onRequest(parsed.request)
      waiting.push(parsed.request)
      wake()
    }
  })
  return {
    ended,
    get isOpen() {
      return isOpen
    },
    firstBytes: () => firstBytes,
    request: async () => {
      while (waiting.length === 0 && isOpen) await new Promise<void>((resolve) => (wake = resolve))
      return waiting.shift()
    },
    write: async (bytes) => {
      if (!isOpen || socket.write(bytes)) return
      await Promise.race([once(socket, 'drain').catch(() => {}), ended])
    },
    end: () => socket.end(),
    reset: () => socket.resetAndDestroy(),
    stopReading: () => socket.pause(),
    wait: async (ms) => {
      let timer: NodeJS.Timeout | undefined
      const passed = new Promise((resolve) => (timer = setTimeout(resolve, Math.min(ms, MAX_WAIT_MS))))
      await Promise.race([passed, ended])
      clearTimeout(timer)
    },
  }
}

/** The first whole request in the bytes, and how long it is. */
function parse(
  bytes: Buffer,
  at: number,
): { readonly request: SeenRequest; readonly length: number } | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd === -1) return undefined
  const [requestLine = '', ...lines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n')
  const [method = '', path = ''] = requestLine.split(' ')
  const headers: Record<string, string> = Object.create(null) as Record<string, string>
  for (const line of lines) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  const bodyLength = Number(headers['content-length'] ?? 0)
  const length = headEnd + 4 + bodyLength
  if (bytes.length < length) return undefined
  const body = bytes.subarray(headEnd + 4, length).toString('utf8')
  return { request: { method, path, headers, body, at }, length }
}
