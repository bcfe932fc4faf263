import type { Socket } from 'node:net'

/** What went wrong between us and the proxy. The ping itself has not been sent then. */
export type TunnelErrorCode =
  /** It wants other credentials. */
  | 'ERR_PROXY_AUTH'
  /** It answered, but gives no connection. */
  | 'ERR_PROXY_REFUSED'
  /** It closed the connection, or does not speak HTTP. */
  | 'ERR_PROXY_BROKEN'

/** Why there is no tunnel. */
export interface TunnelProblem {
  readonly code: TunnelErrorCode
  /** Continues a sentence that begins with the proxy's name. */
  readonly text: string
}

/**
 * Asks a proxy for a tunnel by CONNECT, on a socket that is connected or about to be, and calls back once.
 *
 * The package's only CONNECT: the client uses it, and so does the thread that sends pings while the process exits. That
 * thread gets this function as text, so it must not use anything outside of itself.
 *
 * The caller watches the socket for errors and owns it. Bytes behind the proxy's answer are dropped: the service has not
 * been asked anything yet.
 *
 * @param authority  Host and port of the service.
 * @param authorization  Value of the header `Proxy-Authorization`, if the proxy wants one.
 */
export function openTunnel(
  socket: Socket,
  authority: string,
  authorization: string | undefined,
  onEnd: (problem: TunnelProblem | undefined) => void,
): void {
  const maxAnswerBytes = 16 * 1024
  let answer = ''
  const end = (problem?: TunnelProblem): void => {
    socket.off('data', onData).off('close', onClose)
    onEnd(problem)
  }
  const broken = (text: string): void => end({ code: 'ERR_PROXY_BROKEN', text })
  const onClose = (): void => broken('closed the connection')
  const onData = (chunk: Buffer): void => {
    answer += chunk.toString('latin1')
    const headLength = answer.indexOf('\r\n\r\n')
    if (headLength < 0) {
      if (answer.length > maxAnswerBytes) broken('sent a response without an end')
      return
    }
    const status = /^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(answer.slice(0, headLength + 1))?.[1]
    if (status === undefined) broken('does not speak HTTP')
    else if (status.startsWith('2')) end()
    else if (status === '407') end({ code: 'ERR_PROXY_AUTH', text: 'rejected the credentials (HTTP 407)' })
    else end({ code: 'ERR_PROXY_REFUSED', text: `refused the connection (HTTP ${status})` })
  }
  socket.on('data', onData).on('close', onClose)
  const credentials = authorization === undefined ? '' : `Proxy-Authorization: ${authorization}\r\n`
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`)
}
