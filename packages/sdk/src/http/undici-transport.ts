import dns from 'node:dns'
import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import { Client, buildConnector } from 'undici'
import type { Cancel, Clock } from '../clock.ts'
import { connectThroughProxy, ProxyError } from './proxy-connector.ts'
import type { Proxy } from './proxy-settings.ts'
import { createSharedLookup, type Lookup } from './shared-lookup.ts'
import {
  MAX_REPLY_BYTES,
  REPLY_BODY_WAIT_MS,
  type Attempt,
  type PingRequest,
  type Reply,
  type Transport,
} from './transport.ts'

/** Longest header block of an answer, in bytes. */
const MAX_HEADER_BYTES = 16 * 1024

/** One for the process, as there is one pool of threads that look names up. */
const sharedLookup = createSharedLookup((...question) => (dns.lookup as Lookup)(...question))

/**
 * The transport over undici's `Client`: a fresh connection for each ping.
 *
 * A kept connection may be closed by the server at the very moment of the next ping, and then nobody knows whether
 * that one arrived; a fresh one fails before anything is sent. One client per ping also means that a socket can be
 * let go at the deadline even while it is still connecting, which undici's own abort does not do.
 */
export function createUndiciTransport(clock: Clock, proxy?: Proxy): Transport {
  // One for all pings, because it keeps the TLS sessions. Timeouts are ours: undici's tick once a second.
  const connector = buildConnector({ timeout: 0, allowH2: false, keepAlive: false, lookup: sharedLookup })
  const direct: Connect = (options, callback) => connectSocket(connector, options, callback)
  const connect: Connect =
    proxy === undefined
      ? direct
      : (options, callback) => connectThroughProxy(proxy, direct, options, callback)
  return {
    send: (request, attempt) =>
      new Promise((resolve) => sendOnce(request, attempt, { connect, proxy }, clock, resolve)),
  }
}

type Connect = (options: buildConnector.Options, callback: buildConnector.Callback) => Socket | undefined

interface Route {
  readonly connect: Connect
  readonly proxy: Proxy | undefined
}

function sendOnce(
  request: PingRequest,
  attempt: Attempt,
  { connect, proxy }: Route,
  clock: Clock,
  resolve: (reply: Reply) => void,
): void {
  let socket: Socket | undefined
  let isConnected = false
  let written = false
  let ended = false
  let stopBodyWait: Cancel = () => {}
  let response:
    { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> } | undefined
  const chunks: Buffer[] = []
  let received = 0

  const client = new Client(request.origin, {
    connect: (options, callback) => {
      socket = connect(options, (...result) => {
        isConnected = result[0] === null
        callback(...result)
      })
    },
    pipelining: 0,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: MAX_HEADER_BYTES,
  })

  const end = (reply: Reply): void => {
    if (ended) return
    ended = true
    stopBodyWait()
    attempt.signal.removeEventListener('abort', onAbort)
    resolve(reply)
    // A destroyed client leaves a connecting socket behind, and that socket would hold the process.
    client.destroy().catch(() => {})
    socket?.destroy()
  }
  const fail = (error: unknown, aborted: boolean): void => end({ type: 'failure', written, aborted, error })
  const onAbort = (): void => {
    const isAtProxy = proxy !== undefined && !isConnected
    fail(
      isAtProxy
        ? new ProxyError(proxy, 'gave no connection in time', 'ERR_PROXY_TIMEOUT')
        : attempt.signal.reason,
      true,
    )
  }
  const endWithResponse = (): void => {
    if (response !== undefined)
      end({ type: 'response', ...response, body: Buffer.concat(chunks).toString('utf8') })
  }

  if (attempt.signal.aborted) return onAbort()
  attempt.signal.addEventListener('abort', onAbort, { once: true })
  try {
    client.dispatch(
      {
        path: request.path,
        method: request.method,
        headers: { ...request.headers },
        body: request.body ?? null,
      },
      {
        // Called when the connection stands, and the request is written in the same turn.
        onRequestStart: () => {
          written = true
          queueMicrotask(attempt.onWritten)
        },
        onResponseStart: (_controller, statusCode, headers) => {
          // 1xx come before the answer.
          if (statusCode < 200) return
          response = { statusCode, headers: firstValues(headers) }
          stopBodyWait = clock.schedule(endWithResponse, REPLY_BODY_WAIT_MS, false)
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk.subarray(0, MAX_REPLY_BYTES - received))
          received += chunk.length
          if (received >= MAX_REPLY_BYTES) endWithResponse()
        },
        onResponseEnd: endWithResponse,
        onResponseError: (_controller, error) => {
          // With a status known, the answer counts, whatever happened to its body.
          if (response !== undefined) endWithResponse()
          else fail(error, false)
        },
      },
    )
  } catch (error) {
    fail(error, false)
  }
}

/** undici's connector returns its socket, which its types do not say. */
function connectSocket(
  connector: buildConnector.connector,
  options: buildConnector.Options,
  callback: buildConnector.Callback,
): Socket | undefined {
  const socket = connector(options, callback) as unknown as Socket | undefined
  // Whoever waits for the outcome holds the process; a ping in the background does not.
  return socket?.unref()
}

function firstValues(headers: IncomingHttpHeaders): Record<string, string> {
  const values = Object.create(null) as Record<string, string>
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) values[name.toLowerCase()] = first
  }
  return values
}
