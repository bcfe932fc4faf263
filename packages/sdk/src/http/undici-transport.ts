import type { Clock } from '../clock.ts'
import { createReplyCollector, type HeaderValues, type ReplyCollector } from './reply-collector.ts'
import type { PingTransport } from './route.ts'
import type { Attempt, PingRequest, Reply, Transport } from './transport.ts'
import { untraced } from './untraced.ts'

/**
 * What is used of an undici dispatcher: `Agent`, `Pool`, `Client`, `ProxyAgent`, `MockAgent` and whatever `compose` returns
 * fit, of undici 6, 7 and 8.
 */
export interface UndiciDispatcher {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the types of three major versions must fit
  dispatch(options: any, handler: any): boolean
}

/** Stops a request of undici: a function in release 6, a controller with `abort` since 7. */
type Stop = (reason: Error) => void

/**
 * Sends pings through an undici dispatcher of yours: an `Agent` with a client certificate, a `ProxyAgent`, a `MockAgent`, or
 * one with interceptors.
 *
 * Connections, proxies and certificates are then the dispatcher's business. Pings still have their own deadline, retries and
 * order, and follow no redirect unless the dispatcher does. While the process exits nothing is sent through it: a run that is
 * open then is reported only with `delivery.spoolDirectory`, by the next process.
 *
 * @param dispatcher  Of undici 6, 7 or 8.
 * @throws {TypeError} when it is not a dispatcher.
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { undiciTransport } from '@crontify/sdk/undici'
 * import { ProxyAgent } from 'undici'
 *
 * const transport = undiciTransport(new ProxyAgent('http://proxy.internal:3128'))
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup', transport })
 */
export function undiciTransport(dispatcher: UndiciDispatcher): PingTransport {
  if (typeof (dispatcher as Partial<UndiciDispatcher> | null | undefined)?.dispatch !== 'function') {
    throw new TypeError(
      `undiciTransport takes a dispatcher of undici, such as new Agent(), got ${dispatcher === null ? 'null' : typeof dispatcher}`,
    )
  }
  return { open: (clock) => createUndiciTransport(dispatcher, clock) }
}

export function createUndiciTransport(dispatcher: UndiciDispatcher, clock: Clock): Transport {
  return {
    send: (request, attempt) =>
      new Promise((resolve) =>
        untraced(() => dispatchOnce(request, attempt, { dispatcher, clock }, resolve)),
      ),
  }
}

function dispatchOnce(
  request: PingRequest,
  attempt: Attempt,
  { dispatcher, clock }: { readonly dispatcher: UndiciDispatcher; readonly clock: Clock },
  resolve: (reply: Reply) => void,
): void {
  let stop: Stop | undefined
  let written = false
  let ended = false

  const end = (reply: Reply): void => {
    if (ended) return
    ended = true
    collector.stop()
    attempt.signal.removeEventListener('abort', onAbort)
    resolve(reply)
    // A request that is complete has nothing left to stop.
    stop?.(new Error('the ping is over'))
  }
  const collector = createReplyCollector(clock, end)
  const fail = (error: unknown, aborted: boolean): void =>
    end({ type: 'failure', written, aborted, isPermanent: !written && isHopeless(error), error })
  const onAbort = (): void => fail(attempt.signal.reason, true)
  const onStart = (next: Stop): void => {
    stop = next
    if (ended) return next(new Error('the ping is over'))
    // undici calls this when a connection is there, and writes the request in the same turn.
    written = true
    queueMicrotask(attempt.onWritten)
  }

  if (attempt.signal.aborted) return onAbort()
  attempt.signal.addEventListener('abort', onAbort, { once: true })
  try {
    dispatcher.dispatch(
      {
        origin: request.origin,
        path: request.path,
        method: request.method,
        headers: { ...request.headers },
        body: request.body ?? null,
        // A kept connection may be closed by the server at the very moment of the next ping.
        reset: true,
      },
      handlerFor(collector, onStart, (error) => {
        if (!collector.end()) fail(error, false)
      }),
    )
  } catch (error) {
    fail(error, false)
  }
}

/** A dispatcher that was closed or destroyed, or that rejects what it is given, does not come back. */
const HOPELESS_CODES: readonly unknown[] = ['UND_ERR_CLOSED', 'UND_ERR_DESTROYED', 'UND_ERR_INVALID_ARG']

function isHopeless(error: unknown): boolean {
  return HOPELESS_CODES.includes((error as { readonly code?: unknown } | null | undefined)?.code)
}

/** What undici calls back: release 6 by the names of the second half, 7 and 8 by those of the first. */
function handlerFor(
  collector: ReplyCollector,
  onStart: (stop: Stop) => void,
  onError: (error: unknown) => void,
): object {
  const onHead = (statusCode: number, headers: HeaderValues): void => {
    // 1xx come before the response.
    if (statusCode >= 200) collector.head(statusCode, headers)
  }
  return {
    onRequestStart: (controller: { abort(reason: Error): void }) =>
      onStart((reason) => controller.abort(reason)),
    onResponseStart: (_controller: unknown, statusCode: number, headers: HeaderValues) =>
      onHead(statusCode, headers),
    onResponseData: (_controller: unknown, chunk: Uint8Array) => collector.data(chunk),
    onResponseEnd: () => void collector.end(),
    onResponseError: (_controller: unknown, error: unknown) => onError(error),
    onConnect: onStart,
    onHeaders: (statusCode: number, rawHeaders: readonly Uint8Array[]) => {
      onHead(statusCode, pairsToHeaders(rawHeaders))
      return true
    },
    onData: (chunk: Uint8Array) => {
      collector.data(chunk)
      return true
    },
    onComplete: () => void collector.end(),
    onError,
  }
}

/** Names and values in turns. */
function pairsToHeaders(raw: readonly Uint8Array[]): HeaderValues {
  const headers: Record<string, string> = {}
  for (let at = 0; at + 1 < raw.length; at += 2) {
    headers[
      Buffer.from(raw[at] ?? [])
        .toString('latin1')
        .toLowerCase()
    ] ??= Buffer.from(raw[at + 1] ?? []).toString('latin1')
  }
  return headers
}
