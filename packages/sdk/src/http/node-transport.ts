import type { Agent, ClientRequest, ClientRequestArgs, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '../clock.ts'
import { nodeModule } from '../node-module.ts'
import { createOpenSocket, type OnSocket, type Target } from './open-socket.ts'
import { ProxyError } from './proxy-error.ts'
import { DEFAULT_PORT, type Proxy } from './proxy-settings.ts'
import { createReplyCollector, type ReplyCollector } from './reply-collector.ts'
import type { Attempt, PingRequest, Reply, Transport } from './transport.ts'
import { untraced } from './untraced.ts'

/** Longest header block of a response, in bytes. */
const MAX_HEADER_BYTES = 16 * 1024

/** How the connections of this transport are made. Both are own properties, so that a polluted prototype adds nothing. */
interface Connections {
  readonly proxy: Proxy | undefined
  /** An agent of the user's, which makes the connections instead of us. */
  readonly agent: Agent | undefined
}

const DIRECT: Connections = { proxy: undefined, agent: undefined }

/**
 * The default transport, over Node's own client: a fresh connection for each ping.
 *
 * A kept connection may be closed by the server at the very moment of the next ping, and then nobody knows whether that
 * ping arrived; a fresh one fails before anything is sent. The socket is ours, so it can be let go at the deadline even
 * while it is still connecting.
 */
export function createNodeTransport(clock: Clock, { proxy, agent }: Connections = DIRECT): Transport {
  const means: Means = { proxy, agent, clock, openSocket: createOpenSocket(proxy) }
  return {
    send: (request, attempt) =>
      new Promise((resolve) => untraced(() => sendOnce(request, attempt, means, resolve))),
  }
}

interface Means extends Connections {
  readonly openSocket: ReturnType<typeof createOpenSocket>
  readonly clock: Clock
}

function sendOnce(
  request: PingRequest,
  attempt: Attempt,
  { openSocket, proxy, agent, clock }: Means,
  resolve: (reply: Reply) => void,
): void {
  const { signal } = attempt
  let outgoing: ClientRequest | undefined
  let socket: Socket | undefined
  let written = false
  let ended = false

  const end = (reply: Reply): void => {
    if (ended) return
    ended = true
    collector.stop()
    signal.removeEventListener('abort', onAbort)
    resolve(reply)
    outgoing?.destroy()
    socket?.destroy()
  }
  const collector = createReplyCollector(clock, end)
  const fail = (
    error: unknown,
    facts: { readonly aborted?: boolean; readonly isPermanent?: boolean },
  ): void => end({ type: 'failure', written, aborted: false, error, ...facts })
  const onReady = (): void => void (written = true)
  const onAbort = (): void => {
    const atProxy = proxy !== undefined && !written
    const late = (by: Proxy): ProxyError =>
      new ProxyError(by, 'did not open a connection in time', 'ERR_PROXY_TIMEOUT')
    fail(atProxy ? late(proxy) : signal.reason, { aborted: true })
  }
  const onBroken = (error: unknown): void => {
    if (!collector.end()) fail(error, {})
  }

  if (signal.aborted) return onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const target = targetOf(request.origin)
    const connect = (_options: unknown, onSocket: OnSocket): undefined => {
      socket = openSocket(target, { onReady, onSocket })
    }
    outgoing = openRequest(target, request, agent === undefined ? { createConnection: connect } : { agent })
    if (agent !== undefined) outgoing.once('socket', (given) => watchReady(given, onReady))
    outgoing
      .on('response', (response) => receive(response, collector, onBroken))
      .once('finish', attempt.onWritten)
      .on('error', onBroken)
      .on('close', () => {
        if (!ended) onBroken(codedError('ECONNRESET', 'The connection was closed'))
      })
      .end(request.body)
  } catch (error) {
    // Node rejects what it was given, such as an agent for another protocol, or this runtime has no such client.
    fail(error, { isPermanent: true })
  }
}

/**
 * `ClientRequest` itself and not `request` of `node:http`, which tools replace to watch or fake the application's requests.
 *
 * Options that are not used are there as `undefined`, because a polluted `Object.prototype` would fill them in.
 */
function openRequest(
  { protocol, hostname, port }: Target,
  { path, method, headers }: PingRequest,
  connection: { readonly createConnection: unknown } | { readonly agent: Agent },
): ClientRequest {
  const { ClientRequest } = nodeModule('node:http')
  const options = {
    host: hostname,
    port,
    // What the Host header leaves out.
    defaultPort: defaultPortOf(protocol),
    path,
    method,
    headers: { ...headers, connection: 'close' },
    maxHeaderSize: MAX_HEADER_BYTES,
    insecureHTTPParser: false,
    agent: undefined,
    auth: undefined,
    signal: undefined,
    socketPath: undefined,
    timeout: undefined,
    // A connection that is already secure is none of the request's business.
    protocol: 'agent' in connection ? protocol : 'http:',
    ...connection,
  }
  return new ClientRequest(options as unknown as ClientRequestArgs)
}

function receive(
  response: IncomingMessage,
  collector: ReplyCollector,
  onBroken: (error: unknown) => void,
): void {
  const { statusCode = 0, headers } = response
  // Node's parser accepts a status of three zeros.
  if (statusCode < 200) return onBroken(codedError('HPE_INVALID_STATUS', `HTTP ${statusCode}`))
  collector.head(statusCode, headers)
  response
    .on('data', (chunk: Buffer) => collector.data(chunk))
    .on('error', onBroken)
    .on('close', () => collector.end())
    .on('end', () => collector.end())
}

/** A socket of a user's agent may be new, connecting, or one that was used before. */
function watchReady(socket: Socket & { readonly secureConnecting?: boolean }, onReady: () => void): void {
  socket.unref()
  if (socket.secureConnecting === true) socket.once('secureConnect', onReady)
  else if (socket.connecting) socket.once('connect', onReady)
  else onReady()
}

/** The latest origin: nearly all pings of a process go to one. */
let latest: { readonly origin: string; readonly target: Target } | undefined

function targetOf(origin: string): Target {
  if (latest?.origin !== origin) latest = { origin, target: readTarget(origin) }
  return latest.target
}

function readTarget(origin: string): Target {
  const { protocol, hostname, port } = new URL(origin)
  return {
    protocol,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || defaultPortOf(protocol),
  }
}

function defaultPortOf(protocol: string): number {
  return protocol === 'https:' ? DEFAULT_PORT['https:'] : DEFAULT_PORT['http:']
}

function codedError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
