import type { RefusalReason } from '../journal/journal-entry.ts'

/** A request as it stood on the wire, before anything has tidied it up. */
export interface WireRequest {
  /** What came after the method: `/api/v1/…`. */
  readonly target: string
  /** Names and values in turn: a parsed map would hide a second Host header. */
  readonly rawHeaders: readonly string[]
}

/** Why a request is turned away before anything looks at it. */
export interface TurnedAway {
  readonly statusCode: number
  readonly reason: RefusalReason
  readonly message: string
}

const NAMES = ['127.0.0.1', 'localhost', '[::1]']
const DEFAULT_HTTP_PORT = 80
const DOT_SEGMENT = /\/\.{1,2}(?:[/?#]|$)/

/**
 * Looks at a request first; `undefined` lets it in.
 *
 * The Host header must be one and name this machine and this port: a web page whose name was rebound to this address
 * sends its own. The target must be a plain path: a URL parser would make another path of `..` and of `http://…`.
 */
export function turnedAway({ target, rawHeaders }: WireRequest, port: number): TurnedAway | undefined {
  const hosts = rawHeaders.filter((_, index) => index % 2 === 1 && isHostName(rawHeaders[index - 1]))
  if (hosts.length !== 1 || !hosts.every((host) => isOwn(host, port))) {
    return {
      statusCode: 403,
      reason: 'wrongHost',
      message: `The Host header is not that of this server: use ${NAMES.join(', ')} with its port`,
    }
  }
  if (!target.startsWith('/') || target.startsWith('//') || DOT_SEGMENT.test(target)) {
    return {
      statusCode: 404,
      reason: 'unknownPath',
      message: 'There is no such path: it must begin with one "/" and have no "." or ".."',
    }
  }
  return undefined
}

function isHostName(name: string | undefined): boolean {
  return name?.toLowerCase() === 'host'
}

function isOwn(host: string, port: number): boolean {
  return NAMES.some((name) => host === `${name}:${port}` || (port === DEFAULT_HTTP_PORT && host === name))
}
