import { readReceipt } from '@crontify/protocol'
import { classifyFailure } from './classify-failure.ts'
import type { Outcome } from './outcome.ts'
import { printable } from '../redaction/printable.ts'
import type { Reply } from './transport.ts'

/** Most characters of a server's text that a message repeats. */
const MAX_DETAIL_LENGTH = 200

/**
 * What an answer, or its absence, says about the ping: certainly taken, certainly not, or nobody knows.
 *
 * 408 and 5xx are "nobody knows", because a proxy may answer so for a request that the service did take.
 */
export function classifyReply(reply: Reply, monitorId: string): Outcome {
  if (reply.type === 'failure') return classifyFailure(reply)
  const { statusCode, headers, body } = reply
  if (statusCode >= 200 && statusCode < 300) return classifyGoodStatus(statusCode, headers, body, monitorId)
  const retryAfter = headers['retry-after']
  const asksToWait =
    statusCode === 429 || statusCode === 425 || (statusCode === 503 && retryAfter !== undefined)
  if (asksToWait) return { type: 'rate-limited', statusCode, retryAfter }
  if (statusCode >= 300 && statusCode < 400) {
    return { type: 'refused', statusCode, detail: redirectDetail(headers['location']) }
  }
  const definite = statusCode >= 400 && statusCode < 500 && statusCode !== 408
  if (definite || statusCode === 501 || statusCode === 505) {
    return { type: 'refused', statusCode, detail: errorDetail(body) }
  }
  const cause = { code: undefined, message: `HTTP ${statusCode}` }
  return { type: 'unknown', reason: 'bad-answer', statusCode, cause }
}

function classifyGoodStatus(
  statusCode: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  monitorId: string,
): Outcome {
  const unconfirmed: Outcome = { type: 'accepted', statusCode, receipt: { received: false, monitorId } }
  if (statusCode === 204 || body.trim() === '') return unconfirmed
  const contentType = headers['content-type'] ?? ''
  const isJson = /\bjson\b/i.test(contentType)
  const parsed = parseJson(body)
  if (parsed === undefined) {
    // JSON that stalled or was cut off half-way: the status was good, so the ping was taken.
    if (isJson) return unconfirmed
    return {
      type: 'misrouted',
      statusCode,
      detail: `content type "${printable(contentType, MAX_DETAIL_LENGTH)}"`,
    }
  }
  const read = readReceipt(parsed.value, monitorId)
  switch (read.type) {
    case 'receipt':
      return { type: 'accepted', statusCode, receipt: read.receipt }
    case 'denied':
      return { type: 'refused', statusCode, detail: errorDetail(body) }
    case 'foreign':
      return { type: 'misrouted', statusCode, detail: 'JSON without the envelope of Crontify' }
  }
}

function redirectDetail(location: string | undefined): string {
  // Only the host: a path or a query may hold what is nobody's business.
  const host = location === undefined || !URL.canParse(location) ? undefined : new URL(location).host
  return host === undefined ? 'redirect' : `redirect to ${printable(host, MAX_DETAIL_LENGTH)}, not followed`
}

/** The `message` of an error body in the likely places; the service documents no error body. [?] */
function errorDetail(body: string): string {
  const parsed = parseJson(body)?.value
  const message =
    ownText(parsed, 'message') ?? ownText(ownValue(parsed, 'error'), 'message') ?? ownText(parsed, 'error')
  return message === undefined ? '' : printable(message, MAX_DETAIL_LENGTH)
}

function ownText(holder: unknown, name: string): string | undefined {
  const value = ownValue(holder, name)
  return typeof value === 'string' ? value : undefined
}

function ownValue(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name)) return undefined
  return (holder as Readonly<Record<string, unknown>>)[name]
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
