import type { LookupFunction, Socket } from 'node:net'
import type { ConnectionOptions, TLSSocket } from 'node:tls'
import { nodeModule } from '../node-module.ts'
import { ProxyError } from './proxy-error.ts'
import type { Proxy } from './proxy-settings.ts'
import { createSharedLookup, type Lookup } from './shared-lookup.ts'
import { openTunnel } from './tunnel.ts'

/** A host to connect to, as a URL names it. */
export interface Target {
  readonly protocol: string
  /** Without brackets around an IPv6 address. */
  readonly hostname: string
  readonly port: number
}

/** One connection that is being made. */
export interface Opening {
  /** Called once, when bytes of a request can leave this process from now on. */
  readonly onReady: () => void
  readonly onSocket: OnSocket
}

/** Called once, with the socket for the request, which may still be connecting, or with why there will be none. */
export type OnSocket = (error: Error | null, socket?: Socket) => void

/** One for the process, as there is one pool of threads that look names up. */
const sharedLookup = createSharedLookup((...question) =>
  (nodeModule('node:dns').lookup as Lookup)(...question),
)

/** Makes fresh connections, each for one ping; keeps TLS sessions, so that the next handshake is shorter. */
export function createOpenSocket(proxy: Proxy | undefined): (target: Target, opening: Opening) => Socket {
  const sessions = new Map<string, Buffer>()

  const secure = (target: Target, options: ConnectionOptions): TLSSocket => {
    const { hostname: host, port } = target
    const name = `${host}:${port}`
    const servername = nodeModule('node:net').isIP(host) === 0 ? host : ''
    const session = sessions.get(name)
    const socket = nodeModule('node:tls').connect({
      ...options,
      host,
      servername,
      ALPNProtocols: ['http/1.1'],
      ...(session === undefined ? {} : { session }),
    })
    // The first one comes before the request is answered; a handshake that failed leaves none to try again.
    socket.on('session', (next: Buffer) => sessions.set(name, next))
    socket.on('error', () => sessions.delete(name))
    return socket
  }
  const connect = (target: Target): Socket => {
    const { hostname: host, port, protocol } = target
    const options = { host, port, lookup: sharedLookup as unknown as LookupFunction }
    const socket = protocol === 'https:' ? secure(target, options) : nodeModule('node:net').connect(options)
    // Whoever waits for the outcome holds the process; a ping in the background does not.
    return socket.unref()
  }
  const direct = (target: Target, { onReady, onSocket }: Opening): Socket => {
    const socket = connect(target)
    socket.once(readyEvent(target), onReady)
    onSocket(null, socket)
    return socket
  }
  const through = (by: Proxy, target: Target, { onReady, onSocket }: Opening): Socket => {
    const carrier = connect(by)
    const onRefused = (error: NodeJS.ErrnoException): void =>
      onSocket(
        new ProxyError(by, `cannot be reached (${error.code ?? error.message})`, 'ERR_PROXY_UNREACHABLE'),
      )
    carrier.once('error', onRefused)
    carrier.once(readyEvent(by), () =>
      openTunnel(carrier, authorityOf(target), by.authorization(), (problem) => {
        if (problem !== undefined) return onSocket(new ProxyError(by, problem.text, problem.code))
        carrier.off('error', onRefused)
        if (target.protocol !== 'https:') {
          onReady()
          return onSocket(null, carrier)
        }
        const socket = secure(target, { socket: carrier })
        socket.once('secureConnect', onReady)
        onSocket(null, socket)
      }),
    )
    return carrier
  }
  return proxy === undefined ? direct : (target, opening) => through(proxy, target, opening)
}

function readyEvent({ protocol }: { readonly protocol: string }): 'connect' | 'secureConnect' {
  return protocol === 'https:' ? 'secureConnect' : 'connect'
}

function authorityOf({ hostname, port }: Target): string {
  return `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
}
