import type { Clock } from '../clock.ts'
import type { FetchLike } from './fetch-transport.ts'
import type { Proxy } from './proxy-settings.ts'
import type { Transport } from './transport.ts'

/** What every agent of Node has: `http.Agent`, `https.Agent`, and proxy agents made from them. */
export interface HttpAgent {
  readonly sockets: object
  destroy(): unknown
}

/** A way to send pings that is not the default one; `undiciTransport` returns one. */
export interface PingTransport {
  /** @internal */
  open(clock: Clock): Transport
}

/** How pings leave this process. One of them at most is given. */
export interface Route {
  readonly transport?: PingTransport | undefined
  readonly fetch?: FetchLike | undefined
  readonly agent?: HttpAgent | undefined
  readonly proxy?: Proxy | undefined
}
