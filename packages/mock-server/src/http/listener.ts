import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { type HttpBindings, getRequestListener } from '@hono/node-server'
import { eventLoopTurn, realDelay } from '../system-clock.ts'
import { nameOfListener } from '../listening-hosts.ts'
import { refusalBody } from './api-answers.ts'
import { answerClientError, clientErrorStatus } from './client-error.ts'
import { type TurnedAway, turnedAway } from './request-guard.ts'

/** Where to listen, and for how much. */
export interface ListenerOptions {
  readonly host: string
  readonly port: number
  /** Names in the Host header that are let in beside those of this machine. */
  readonly allowHosts?: readonly string[]
  /** Whether the open port keeps the process running. */
  readonly keepProcessAlive?: boolean
}

/** What is behind the port. */
export interface Behind {
  readonly fetch: (request: Request, wire: Partial<HttpBindings>) => Response | Promise<Response>
  /** Told of what was turned away before it got there. */
  readonly onTurnedAway: (
    request: { readonly method: string; readonly path: string },
    why: TurnedAway,
  ) => void
}

/** An open TCP port. */
export interface Listener {
  readonly url: string
  /** Lets answers that are under way go out, for half a second at most, and ends all connections. */
  close(): Promise<void>
}

/** What one client may take of the server. */
export interface ListenerLimits {
  /** Slow senders do not hold a connection for longer, in milliseconds. */
  readonly requestTimeoutMs: number
  /** Connections at once; the next one is closed. */
  readonly maxConnections: number
}

/** Enough for a test that sends everything at once, and still a bound. */
export const LISTENER_LIMITS: ListenerLimits = { requestTimeoutMs: 5_000, maxConnections: 1_000 }

/** How long requests that are under way may take when the server is closed, in milliseconds. */
const CLOSE_WITHIN_MS = 500

/**
 * Serves a fetch function over TCP.
 *
 * @throws {Error} (as a rejection) when the port is taken or may not be used.
 */
export async function listen(
  { fetch, onTurnedAway }: Behind,
  { host, port, allowHosts = [], keepProcessAlive = false }: ListenerOptions,
  { requestTimeoutMs, maxConnections }: ListenerLimits,
): Promise<Listener> {
  let ownPort = port
  const underWay = new Set<Promise<void>>()
  const answer = getRequestListener((request, wire) => fetch(request, wire as HttpBindings), {
    overrideGlobalObjects: false,
  })
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: requestTimeoutMs,
      // A missing Host header gets the same answer as a wrong one.
      requireHostHeader: false,
    },
    (incoming, outgoing) => {
      const refusal = turnedAway(
        { target: incoming.url ?? '', rawHeaders: incoming.rawHeaders },
        ownPort,
        allowHosts,
      )
      if (refusal === undefined) {
        const answered = answer(incoming, outgoing).finally(() => underWay.delete(answered))
        underWay.add(answered)
        return
      }
      onTurnedAway({ method: incoming.method ?? '', path: incoming.url ?? '' }, refusal)
      refuseOutright(incoming, outgoing, refusal)
    },
  )
  server.on('clientError', (error, socket) => {
    const statusCode = socket.writable ? clientErrorStatus(error) : undefined
    if (statusCode === undefined) return void socket.destroy()
    const message = answerClientError(socket, statusCode)
    onTurnedAway({ method: '', path: '' }, { statusCode, reason: 'notHttp', message })
  })
  server.maxConnections = maxConnections
  await bind(server, host, port)
  ownPort = portOf(server)
  if (!keepProcessAlive) {
    server.unref()
    // A client in this process holds it open by its own end of the connection.
    server.on('connection', (socket) => {
      socket.unref()
    })
  }
  return {
    url: `http://${nameOfListener(host)}:${ownPort}`,
    async close() {
      // Nothing else here keeps the process running until all has ended.
      const held = new AbortController()
      void realDelay(HELD_MS, held.signal).catch(() => {})
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve()
        })
      })
      server.closeIdleConnections()
      await settledWithin(underWay, CLOSE_WITHIN_MS)
      server.closeAllConnections()
      await closed
      held.abort()
    },
  }
}

/** Longer than closing can take. */
const HELD_MS = 60_000

async function settledWithin(promises: ReadonlySet<Promise<void>>, ms: number): Promise<void> {
  if (promises.size === 0) return
  const enough = new AbortController()
  const tooLong = realDelay(ms, enough.signal).catch(() => {})
  await Promise.race([Promise.allSettled(promises), tooLong])
  enough.abort()
  // What was answered in this turn has been handed to the socket in the next.
  await eventLoopTurn()
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'it is taken: choose another one, or 0 for a free one' : error.message
      reject(new Error(`Cannot listen on port ${port} of ${host}: ${why}`, { cause: error }))
    })
    server.listen(port, host, resolve)
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function refuseOutright(incoming: IncomingMessage, outgoing: ServerResponse, refusal: TurnedAway): void {
  outgoing.statusCode = refusal.statusCode
  outgoing.setHeader('Content-Type', 'application/json')
  outgoing.setHeader('Connection', 'close')
  outgoing.end(JSON.stringify(refusalBody(refusal.statusCode, refusal.message)))
  incoming.resume()
}
