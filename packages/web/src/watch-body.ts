import type { Failure } from './judge.ts'

/** What a body has done by the time its response is handed on. */
export type BodySeen =
  | { readonly type: 'ended'; readonly text: string | undefined }
  | { readonly type: 'broken'; readonly failure: Failure }
  /** It goes on: whoever reads it now decides when it ends. */
  | { readonly type: 'streaming'; readonly text: string | undefined }

/** Bytes of a text that are kept for the message of a failure; the ping has room for 500 characters. */
const KEPT_BYTES = 4_096
const NOT_TEXT = /[\u0000-\u0008\ufffd]/
/** A body that a handler gave as a text ends within some turns of the event loop, a file or a form within a few more. */
const PATIENCE_TURNS = 3
/** A stream that always has more must not be read to its end here. */
const MAX_CHUNKS = 64
/** Limit on the bytes that are read before the reader asks for them: 1 MiB, so that large chunks do not fill the memory. */
const MAX_AHEAD_BYTES = 1_048_576
const TEXT_TYPE = /^(text\/|application\/([\w.+-]*\+)?(json|xml)\b)/i

/**
 * Looks at the body of a response without using it up, and says whether it has ended: a text has, and a stream of a handler that is
 * still at work has not. Never rejects.
 *
 * Both are streams for whoever holds the response, so the only way to know is to read a copy of it for a moment.
 */
export async function lookAtBody(response: Response, nextTurn: () => Promise<void>): Promise<BodySeen> {
  const reader = copyOf(response)
  if (reader === undefined) return { type: 'ended', text: undefined }
  const text = textOf(response)
  const read = readAll(reader, text)
  const waited = waitTurns(nextTurn).then((): BodySeen => ({ type: 'streaming', text: text.start() }))
  const seen = await Promise.race([read, waited])
  // The copy must not hold what the reader of the response has not asked for.
  reader.cancel().catch(() => {})
  return seen
}

/**
 * The same stream, which calls back when it ends, breaks, or is canceled by its reader. The end reaches the reader when the callback's
 * promise has resolved, so that a platform that stops with the response stops behind it.
 */
export function watchStream(
  body: ReadableStream<Uint8Array>,
  onEnd: (failure: Failure | undefined) => Promise<unknown>,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read()
          if (!done) return controller.enqueue(value)
        } catch (error) {
          await onEnd({ thrown: error })
          return controller.error(error)
        }
        await onEnd(undefined)
        controller.close()
      },
      cancel: async (reason) => {
        void onEnd({ thrown: canceled() })
        await reader.cancel(reason)
      },
    },
    // Nothing is read ahead of the reader.
    { highWaterMark: 0 },
  )
}

function canceled(): Error {
  return { name: 'StreamCanceled', message: 'the client canceled the response before its stream ended' }
}

function copyOf(response: Response): ReadableStreamDefaultReader<Uint8Array> | undefined {
  try {
    return response.clone().body?.getReader() ?? undefined
  } catch {
    // It has been read, is locked, or is the answer to a WebSocket: nothing more comes of it for us.
    return undefined
  }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>, text: TextStart): Promise<BodySeen> {
  try {
    let bytes = 0
    for (let chunks = 0; chunks < MAX_CHUNKS && bytes < MAX_AHEAD_BYTES; chunks++) {
      const { done, value } = await reader.read()
      if (done) return { type: 'ended', text: text.start() }
      bytes += byteLengthOf(value)
      text.add(value)
    }
    return { type: 'streaming', text: text.start() }
  } catch (error) {
    return { type: 'broken', failure: { thrown: error } }
  }
}

/** A stream of something else than bytes is an error, and not ours to report. */
function byteLengthOf(chunk: unknown): number {
  return chunk instanceof Uint8Array ? chunk.byteLength : 0
}

async function waitTurns(nextTurn: () => Promise<void>): Promise<void> {
  for (let turn = 0; turn < PATIENCE_TURNS; turn++) await nextTurn()
}

interface TextStart {
  add(chunk: Uint8Array): void
  start(): string | undefined
}

function textOf(response: Response): TextStart {
  const type = response.headers.get('content-type')
  if (type !== null && !TEXT_TYPE.test(type)) return { add: () => {}, start: () => undefined }
  const decoder = new TextDecoder()
  let room = KEPT_BYTES
  let text = ''
  return {
    add: (chunk) => {
      // A stream of something else is an error, and not ours to report.
      if (room <= 0 || !(chunk instanceof Uint8Array)) return
      text += decoder.decode(chunk.subarray(0, room), { stream: true })
      room -= chunk.length
    },
    // Bun gives a text its type only when it sends it.
    start: () => (type === null && NOT_TEXT.test(text) ? undefined : text),
  }
}
