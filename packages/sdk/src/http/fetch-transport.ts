import type { Clock } from '../clock.ts'
import {
  MAX_REPLY_BYTES,
  REPLY_BODY_WAIT_MS,
  type Attempt,
  type PingRequest,
  type Reply,
  type Transport,
} from './transport.ts'

/** What this transport needs of a fetch; the global one has it. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>

/** The runtime's own. Looked up at each call, because it may be replaced. */
export const globalFetch: FetchLike = (url, init) => fetch(url, init)

/**
 * The transport over any fetch: for runtimes without sockets, and so that request handlers of a test library see
 * the pings.
 *
 * fetch does not tell when a request was written. The request counts as written from the start, which is the
 * careful reading: a ping that failed on the way is then never taken for unsent.
 */
export function createFetchTransport(fetchLike: FetchLike, clock: Clock): Transport {
  return { send: (request, attempt) => sendOverFetch(request, attempt, fetchLike, clock) }
}

async function sendOverFetch(
  request: PingRequest,
  attempt: Attempt,
  fetchLike: FetchLike,
  clock: Clock,
): Promise<Reply> {
  try {
    const answer = fetchLike(request.origin + request.path, {
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      redirect: 'manual',
      signal: attempt.signal,
    })
    attempt.onWritten()
    const response = await orAborted(answer, attempt.signal)
    const headers: Record<string, string> = Object.create(null) as Record<string, string>
    response.headers.forEach((value, name) => {
      headers[name.toLowerCase()] ??= value
    })
    return { type: 'response', statusCode: response.status, headers, body: await readBody(response, clock) }
  } catch (error) {
    return { type: 'failure', written: true, aborted: attempt.signal.aborted, error }
  }
}

/** A fetch that ignores its signal must not outlive the attempt. */
function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

async function readBody(response: Response, clock: Clock): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const chunks: Uint8Array[] = []
  let received = 0
  const stop = (): void => void reader.cancel().catch(() => {})
  const stopWait = clock.schedule(stop, REPLY_BODY_WAIT_MS, false)
  try {
    while (received < MAX_REPLY_BYTES) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      received += value.length
    }
  } catch {
    // The status is known; what is missing of the body changes nothing.
  } finally {
    stopWait()
    stop()
  }
  return decodeStart(chunks, MAX_REPLY_BYTES)
}

/** Not through a `Buffer`, which edge runtimes lack. */
function decodeStart(chunks: readonly Uint8Array[], length: number): string {
  const decoder = new TextDecoder()
  let room = length
  let text = ''
  for (const chunk of chunks) {
    text += decoder.decode(chunk.subarray(0, Math.max(0, room)), { stream: true })
    room -= chunk.length
  }
  return text + decoder.decode()
}
