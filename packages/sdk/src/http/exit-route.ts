import type { HttpAgent, Route } from './route.ts'
import type { Proxy } from './proxy-settings.ts'

/** How pings are sent while the process exits: by a thread that shares no objects with this one. */
export interface ExitRoute {
  readonly proxy?: Proxy
  /** Certificates and the like, from the user's agent. */
  readonly tls?: TlsOptions
}

/** Options of `tls.connect` that are texts, bytes or lists of them. */
export type TlsOptions = Readonly<Record<string, unknown>>

const TLS_OPTIONS = ['ca', 'cert', 'key', 'passphrase', 'pfx', 'rejectUnauthorized', 'servername'] as const

/**
 * The way to send at exit that is the same as the usual one; `undefined` where there is none. A user's fetch or transport
 * cannot run then, nor a proxy agent, and going around it would send pings where the user did not want them to go.
 */
export function exitRouteOf({ transport, fetch, agent, proxy }: Route): ExitRoute | undefined {
  if (transport !== undefined || fetch !== undefined) return undefined
  if (agent !== undefined) return isPlain(agent) ? { tls: tlsOptionsOf(agent) } : undefined
  return proxy === undefined ? {} : { proxy }
}

/** True for an `http.Agent` or `https.Agent` itself: a class made from it may connect to something else. */
function isPlain(agent: HttpAgent): boolean {
  const prototype: unknown = Object.getPrototypeOf(agent)
  const { name } = (prototype as { readonly constructor: { readonly name: string } }).constructor
  // Node's agents are functions, and what extends them is a class.
  return name === 'Agent' && !Object.hasOwn(agent, 'createConnection')
}

function tlsOptionsOf(agent: HttpAgent): TlsOptions {
  const { options = {} } = agent as { readonly options?: TlsOptions }
  return Object.fromEntries(
    TLS_OPTIONS.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  )
}
