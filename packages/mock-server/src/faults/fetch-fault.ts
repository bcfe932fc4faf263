import type { Fault } from './fault.ts'
import { ENDLESS_PART, GARBAGE, GOOD_TEXT, spoiltAnswer } from './spoilt-answer.ts'

/**
 * Spoils an answer where there is no socket, as a fetch would report it: a reset and bytes that are not HTTP reject with
 * the error that Node's fetch rejects with; silence ends when the request is aborted or the server is closed.
 */
export function spoilInProcess(
  fault: Exclude<Fault, { type: 'latency' }>,
  signals: readonly AbortSignal[],
  text: string = GOOD_TEXT,
): Promise<Response> {
  switch (fault.type) {
    case 'silence':
      return silence(signals)
    case 'reset':
      return Promise.reject(fetchError('ECONNRESET', 'read ECONNRESET'))
    case 'garbage':
      return Promise.reject(
        fetchError('HPE_INVALID_CONSTANT', `Expected HTTP, got ${JSON.stringify(GARBAGE)}`),
      )
    case 'halfAnswer':
      return Promise.resolve(new Response(half(text), { headers: JSON_HEADERS }))
    case 'endlessBody':
      return Promise.resolve(new Response(endless(), { headers: JSON_HEADERS }))
    case 'status':
    case 'html':
    case 'brokenJson': {
      const answer = spoiltAnswer(fault)
      const body = answer.text === '' ? null : answer.text
      return Promise.resolve(
        new Response(body, { status: answer.statusCode, headers: { ...answer.headers } }),
      )
    }
  }
}

const JSON_HEADERS = { 'Content-Type': 'application/json' }

/** The form in which Node's fetch reports that a connection broke. */
function fetchError(code: string, message: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) })
}

function silence(signals: readonly AbortSignal[]): Promise<Response> {
  const signal = AbortSignal.any([...signals])
  return new Promise((_resolve, reject) => {
    const end = (): void => {
      reject(signal.reason as Error)
    }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}

function half(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  let sent = false
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new TypeError('terminated', { cause: new Error('other side closed') }))
      else controller.enqueue(bytes.subarray(0, bytes.length / 2))
      sent = true
    },
  })
}

function endless(): ReadableStream<Uint8Array> {
  const part = new TextEncoder().encode(ENDLESS_PART)
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(part)
    },
  })
}
