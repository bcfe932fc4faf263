import type * as http from 'node:http'
import type * as net from 'node:net'
import type * as tls from 'node:tls'
import type { TlsOptions } from '../http/exit-route.ts'
import type { openTunnel } from '../http/tunnel.ts'

/** A request is still waiting for its turn. */
export const NOT_BEGUN = 0

/** A proxy, as plain data. */
interface ExitProxy {
  readonly protocol: 'http:' | 'https:'
  readonly hostname: string
  readonly port: number
  readonly authorization: string | undefined
}

/** What the thread is given. */
export interface ExitWork {
  /** The first cell turns to 1 when all is done; then one cell per request: not begun, begun, or its HTTP status. */
  readonly cells: Int32Array
  readonly requests: readonly {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly proxy: ExitProxy | undefined
    readonly tls: TlsOptions | undefined
  }[]
  /** Indices of requests; what is in one lane goes one after the other. */
  readonly lanes: readonly (readonly number[])[]
  /** Lanes that are worked on at once, and with it the number of sockets. */
  readonly parallel: number
}

/** Node's own modules, as the thread loads them: fresh, so no patch of the main thread reaches them. */
interface ExitModules {
  readonly http: typeof http
  readonly https: Pick<typeof http, 'request'>
  readonly net: typeof net
  readonly tls: typeof tls
}

/**
 * Sends pings while the main thread ends, and reports each status in its cell.
 *
 * The thread gets the functions of this file as text, so they must not use anything but their arguments.
 */
export function runExitWorker(
  { cells, requests, lanes, parallel }: ExitWork,
  modules: ExitModules,
  tunnel: typeof openTunnel,
  throughProxy: typeof connectThroughProxy,
): void {
  /** A request was handed to the network, and no response has come yet, or none will. */
  const begun = 1
  const waiting = lanes.slice()
  let open = 0

  const send = (index: number, next: () => void): void => {
    const request = requests[index]
    if (request === undefined) return next()
    const { url, headers, body, proxy } = request
    const tlsOptions = request.tls ?? {}
    let over = false
    const end = (state: number): void => {
      if (over) return
      over = true
      Atomics.store(cells, index + 1, state)
      next()
    }
    const exchange = (options: http.RequestOptions): void => {
      const client = url.startsWith('https:') ? modules.https : modules.http
      const outgoing = client.request(url, {
        method: 'POST',
        headers,
        agent: false,
        ...tlsOptions,
        ...options,
      })
      outgoing.on('response', (response) => {
        // The status is all that counts. A redirect is a response like any other: it is not followed.
        response.destroy()
        end(response.statusCode ?? begun)
      })
      outgoing.on('error', () => end(begun))
      outgoing.end(body)
    }
    Atomics.store(cells, index + 1, begun)
    try {
      if (proxy === undefined) exchange({})
      else throughProxy({ proxy, target: new URL(url), exchange, fail: () => end(begun) }, modules, tunnel)
    } catch {
      end(begun)
    }
  }

  const work = (lane: readonly number[], position: number): void => {
    const index = lane[position]
    if (index !== undefined) return send(index, () => work(lane, position + 1))
    open--
    fill()
  }

  const fill = (): void => {
    while (open < parallel && waiting.length > 0) {
      open++
      work(waiting.shift() ?? [], 0)
    }
    if (open > 0) return
    Atomics.store(cells, 0, 1)
    Atomics.notify(cells, 0)
  }

  fill()
}

/** A request that goes through a proxy. */
interface ProxiedRequest {
  readonly proxy: ExitProxy
  readonly target: URL
  /** Sends it over the tunnel. */
  readonly exchange: (options: http.RequestOptions) => void
  readonly fail: () => void
}

/** Opens the tunnel of one request. A part of {@link runExitWorker}. */
export function connectThroughProxy(
  { proxy, target, exchange, fail }: ProxiedRequest,
  { net, tls }: ExitModules,
  tunnel: typeof openTunnel,
): void {
  const isSecure = target.protocol === 'https:'
  const serverNameOf = (host: string): string => (net.isIP(host) === 0 ? host : '')
  const { hostname: host, port } = proxy
  const carrier =
    proxy.protocol === 'https:'
      ? tls.connect({ host, port, servername: serverNameOf(host) })
      : net.connect({ host, port })
  carrier.on('error', fail)
  carrier.once(proxy.protocol === 'https:' ? 'secureConnect' : 'connect', () =>
    tunnel(
      carrier,
      `${target.hostname}:${target.port || (isSecure ? 443 : 80)}`,
      proxy.authorization,
      (problem) => {
        if (problem !== undefined) {
          carrier.destroy()
          return fail()
        }
        exchange({
          createConnection: () => {
            if (!isSecure) return carrier
            const name = target.hostname.replace(/^\[|\]$/g, '')
            return tls.connect({ socket: carrier, host: name, servername: serverNameOf(name) })
          },
        })
      },
    ),
  )
}
