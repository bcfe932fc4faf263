import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import type { Proxy } from './proxy-settings.ts'

/** What went wrong between us and the proxy. The ping itself has not been sent then. */
export type ProxyErrorCode =
  /** No connection to the proxy. */
  | 'ERR_PROXY_UNREACHABLE'
  /** It wants other credentials. */
  | 'ERR_PROXY_AUTH'
  /** It answered, but gives no connection. */
  | 'ERR_PROXY_REFUSED'
  /** It closed the connection, or does not speak HTTP. */
  | 'ERR_PROXY_BROKEN'
  /** It had not given a connection when the time was up. */
  | 'ERR_PROXY_TIMEOUT'

/** Names the proxy's host and nothing else of its URL. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
  readonly code: ProxyErrorCode

  constructor(proxy: Proxy, problem: string, code: ProxyErrorCode) {
    super(`The proxy ${proxy.host} ${problem}`)
    this.code = code
  }
}

/** Longest answer to CONNECT, in bytes. */
const MAX_ANSWER_BYTES = 16 * 1024
const END_OF_HEAD = '\r\n\r\n'
const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})(?: |\r)/

/**
 * Makes a connection through a proxy: CONNECT first, for plain HTTP too, then TLS inside of it where it is due.
 *
 * undici's own agent for proxies does the same, but a socket of it that is still connecting to the proxy outlives
 * the agent, and holds the process for ten seconds. It also tells what a proxy answered in words alone.
 *
 * @param connect  Makes plain connections, and puts TLS on a socket.
 * @returns the socket to the proxy, on which all else rests: destroying it ends everything.
 */
export function connectThroughProxy(
  proxy: Proxy,
  connect: (options: buildConnector.Options, callback: buildConnector.Callback) => Socket | undefined,
  target: buildConnector.Options,
  callback: buildConnector.Callback,
): Socket | undefined {
  return connect(
    { protocol: proxy.protocol, hostname: proxy.hostname, host: proxy.host, port: String(proxy.port) },
    (...[error, socket]) => {
      if (error !== null) {
        const { code } = error as NodeJS.ErrnoException
        return callback(
          new ProxyError(proxy, `cannot be reached (${code ?? error.message})`, 'ERR_PROXY_UNREACHABLE'),
          null,
        )
      }
      askForTunnel(proxy, socket, authorityOf(target), (tunnelError) => {
        if (tunnelError !== undefined) return callback(tunnelError, null)
        if (target.protocol !== 'https:') return callback(null, socket)
        connect({ ...target, httpSocket: socket }, callback)
      })
    },
  )
}

function askForTunnel(
  proxy: Proxy,
  socket: Socket,
  authority: string,
  onEnd: (error: ProxyError | undefined) => void,
): void {
  let answer = Buffer.alloc(0)
  const end = (error: ProxyError | undefined): void => {
    socket.off('data', onData).off('close', onClose)
    onEnd(error)
  }
  const onClose = (): void => end(new ProxyError(proxy, 'closed the connection', 'ERR_PROXY_BROKEN'))
  const onData = (chunk: Buffer): void => {
    answer = Buffer.concat([answer, chunk])
    const headLength = answer.indexOf(END_OF_HEAD)
    if (headLength < 0) {
      if (answer.length <= MAX_ANSWER_BYTES) return
      return end(new ProxyError(proxy, 'does not come to an end of its answer', 'ERR_PROXY_BROKEN'))
    }
    // What may come behind the head is left out: nobody in there has been asked anything yet.
    end(answerProblem(proxy, answer.toString('latin1', 0, headLength + END_OF_HEAD.length)))
  }
  // An error comes before the close, and the connector listens for it.
  socket.on('data', onData).on('close', onClose)
  const authorization = proxy.authorization()
  const credentials = authorization === undefined ? '' : `Proxy-Authorization: ${authorization}\r\n`
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`)
}

function answerProblem(proxy: Proxy, head: string): ProxyError | undefined {
  const [, status] = STATUS_LINE.exec(head) ?? []
  if (status === undefined) return new ProxyError(proxy, 'does not speak HTTP', 'ERR_PROXY_BROKEN')
  if (status.startsWith('2')) return undefined
  return status === '407'
    ? new ProxyError(proxy, 'wants other credentials (HTTP 407)', 'ERR_PROXY_AUTH')
    : new ProxyError(proxy, `gives no connection (HTTP ${status})`, 'ERR_PROXY_REFUSED')
}

function authorityOf({ hostname, port, protocol }: buildConnector.Options): string {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname
  return `${host}:${port || (protocol === 'https:' ? 443 : 80)}`
}
