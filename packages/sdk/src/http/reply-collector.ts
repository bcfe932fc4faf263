import type { Cancel, Clock } from '../clock.ts'
import { MAX_REPLY_BYTES, REPLY_BODY_WAIT_MS, type Reply } from './transport.ts'

/** Header values by name; of a repeated header maybe several. */
export type HeaderValues = Readonly<Record<string, string | readonly string[] | undefined>>

/** Puts the pieces of one response together. */
export interface ReplyCollector {
  /** The status and headers have come; from here on the response counts, whatever happens to its body. */
  head(statusCode: number, headers: HeaderValues): void
  data(chunk: Uint8Array): void
  /** Nothing more will come. Returns false if no head has come either. */
  end(): boolean
  /** Stops the wait for the body. */
  stop(): void
}

/**
 * Calls `onReply` when the response is complete, has {@link MAX_REPLY_BYTES}, or has kept its body back for
 * {@link REPLY_BODY_WAIT_MS}. May call it more than once.
 */
export function createReplyCollector(clock: Clock, onReply: (reply: Reply) => void): ReplyCollector {
  const chunks: Uint8Array[] = []
  let received = 0
  let head: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> } | undefined
  let stopWait: Cancel = () => {}
  const end = (): boolean => {
    if (head === undefined) return false
    stopWait()
    onReply({ type: 'response', ...head, body: Buffer.concat(chunks).toString('utf8') })
    return true
  }
  return {
    head: (statusCode, headers) => {
      head = { statusCode, headers: firstValues(headers) }
      stopWait = clock.schedule(end, REPLY_BODY_WAIT_MS, false)
    },
    data: (chunk) => {
      chunks.push(chunk.subarray(0, MAX_REPLY_BYTES - received))
      received += chunk.length
      if (received >= MAX_REPLY_BYTES) end()
    },
    end,
    stop: () => stopWait(),
  }
}

function firstValues(headers: HeaderValues): Record<string, string> {
  const values = Object.create(null) as Record<string, string>
  for (const [name, value] of Object.entries(headers)) {
    const first = typeof value === 'string' ? value : value?.[0]
    if (first !== undefined) values[name.toLowerCase()] = first
  }
  return values
}
