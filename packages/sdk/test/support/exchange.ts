import { systemClock } from '../../src/system-clock.ts'
import type { PingRequest, Reply, Transport } from '../../src/http/transport.ts'
import { startFaultServer, type FaultServer, type Script } from './fault-server.ts'
import type { Certificate } from './self-signed-certificate.ts'

/** What came of one exchange. The server is still there to be looked at. */
export interface Exchanged {
  readonly reply: Reply
  readonly server: FaultServer
  /** How often the transport said that the request was written. */
  readonly writtenCalls: number
  readonly tookMs: number
}

export interface ExchangeOptions {
  readonly body?: string
  /** When the attempt's time is up; never, if it is left out. */
  readonly abortWhen?: (server: FaultServer) => Promise<void>
  /** Serves TLS. */
  readonly certificate?: Certificate
  /** The scheme that the client uses, if not the server's. */
  readonly scheme?: 'http' | 'https'
}

/** A ping of the usual kind. */
export function pingTo(origin: string, body: string = '{"meta":{"records":1}}'): PingRequest {
  return {
    origin,
    path: '/api/v1/ping/nightly-backup/success',
    method: 'POST',
    headers: {
      'x-api-key': 'ck_live_SENTINEL0123456789abcdef',
      'content-type': 'application/json',
      'accept-encoding': 'identity',
    },
    body,
  }
}

/** Makes exchanges with servers that it starts, and closes them all at the end. */
export interface Exchanges {
  exchange(script: Script | readonly Script[], options?: ExchangeOptions): Promise<Exchanged>
  /** A server that is closed at the end. */
  start(script: Script | readonly Script[], certificate?: Certificate): Promise<FaultServer>
  close(): Promise<void>
}

/** Sends with the transport that `create` makes. */
export function createExchanges(create: () => Transport): Exchanges {
  const servers: FaultServer[] = []
  const start: Exchanges['start'] = async (script, certificate) => {
    const server = await startFaultServer(script, certificate)
    servers.push(server)
    return server
  }
  return {
    start,
    exchange: async (script, options = {}) => {
      const server = await start(script, options.certificate)
      const abort = new AbortController()
      void options.abortWhen?.(server).then(() => abort.abort())
      const origin = options.scheme ? `${options.scheme}://127.0.0.1:${server.port}` : server.origin
      let writtenCalls = 0
      const startedAt = systemClock.monotonic()
      const reply = await create().send(pingTo(origin, options.body), {
        signal: abort.signal,
        onWritten: () => writtenCalls++,
      })
      const tookMs = systemClock.monotonic() - startedAt
      // One turn, for what a transport says right after its request went out.
      await Promise.resolve()
      return { reply, server, writtenCalls, tookMs }
    },
    close: async () => {
      await Promise.all(servers.splice(0).map((server) => server.close()))
    },
  }
}
