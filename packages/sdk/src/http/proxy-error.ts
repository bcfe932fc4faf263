import type { Proxy } from './proxy-settings.ts'
import type { TunnelErrorCode } from './tunnel.ts'

/** What went wrong between us and the proxy. The ping itself has not been sent then. */
export type ProxyErrorCode =
  | TunnelErrorCode
  /** No connection to the proxy. */
  | 'ERR_PROXY_UNREACHABLE'
  /** It had not given a connection when the time was up. */
  | 'ERR_PROXY_TIMEOUT'

/** Names the proxy's host and nothing else of its URL. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
  readonly code: ProxyErrorCode

  constructor(proxy: Proxy, text: string, code: ProxyErrorCode) {
    super(`The proxy ${proxy.host} ${text}`)
    this.code = code
  }
}
