import type { FailureCause, FailureReason, Outcome } from './outcome.ts'
import type { Reply } from './transport.ts'

const REASON_OF_CODE: Readonly<Record<string, FailureReason>> = {
  ENOTFOUND: 'name-not-found',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  // A firewall of this machine answers so.
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EMFILE: 'unreachable',
  ENFILE: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_HEADERS_OVERFLOW: 'bad-answer',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'bad-answer',
  HTTPParserError: 'bad-answer',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
}

/** Deepest look into `cause` and `errors`: fetch wraps once, happy eyeballs once more. */
const MAX_DEPTH = 4
const MAX_MESSAGE_LENGTH = 200

/** What a failed exchange says about the ping: if no byte left this process, it cannot have taken effect. */
export function classifyFailure(failure: Extract<Reply, { readonly type: 'failure' }>): Outcome {
  const cause = causeOf(failure.error)
  const known = reasonOf(cause.code)
  if (failure.isPermanent === true) return { type: 'unsent', reason: 'unusable-transport', cause }
  const late = failure.written ? 'timeout' : 'connect-timeout'
  // A deadline that passed at the proxy is the proxy's.
  const reason = failure.aborted && known !== 'proxy' ? late : known
  return failure.written
    ? { type: 'unknown', reason, statusCode: undefined, cause }
    : { type: 'unsent', reason, cause }
}

function reasonOf(code: string | undefined): FailureReason {
  if (code === undefined) return 'other'
  if (code.startsWith('ERR_PROXY_')) return 'proxy'
  if (code.startsWith('HPE_')) return 'bad-answer'
  if (code.startsWith('EAI_')) return 'name-not-found'
  if (code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_') || code.startsWith('CERT_')) return 'tls'
  return Object.hasOwn(REASON_OF_CODE, code) ? (REASON_OF_CODE[code] ?? 'other') : 'other'
}

function causeOf(error: unknown): FailureCause {
  const found = findCoded(error, 0)
  return found ?? { code: undefined, message: messageOf(error) }
}

/** The first error with a code, looked for in the error, its `cause` and its `errors`. */
function findCoded(error: unknown, depth: number): FailureCause | undefined {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return undefined
  const { code, name, cause, errors } = error as Readonly<Record<string, unknown>>
  if (typeof code === 'string') return { code, message: messageOf(error) }
  // undici 7 means to give these a code and gives none: its table of codes is by name, and it looks up a number.
  if (name === 'HTTPParserError') return { code: name, message: messageOf(error) }
  const inner: readonly unknown[] = Array.isArray(errors) ? errors : []
  for (const candidate of [cause, ...inner]) {
    const found = findCoded(candidate, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, MAX_MESSAGE_LENGTH) : 'not an Error'
}
