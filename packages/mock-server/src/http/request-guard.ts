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
const HAS_PORT = /:\d+$/
const DOT_SEGMENT = /\/\.{1,2}(?:[/?#]|$)/

/**
 * Looks at a request first; `undefined` lets it in.
 *
 * The Host header must be one and name this machine and this port: a web page whose name was rebound to this address
 * sends its own. `allowHosts` are further names, for a server that other machines reach. The target must be a plain path: a URL parser would make another path of `..` and of `http://…`.
 */
export function turnedAway(
  { target, rawHeaders }: WireRequest,
  port: number,
  allowHosts: readonly string[] = [],
): TurnedAway | undefined {
  const names = [...NAMES, ...allowHosts]
  const hosts = rawHeaders.filter((_, index) => index % 2 === 1 && isHostName(rawHeaders[index - 1]))
  if (hosts.length !== 1 || !hosts.every((host) => isOwn(host, port, names))) {
    return {
      statusCode: 403,
      reason: 'wrongHost',
      message: `The Host header is not that of this server: use ${names.join(', ')} with its port`,
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

/** A name that comes with a port of its own stands as it is: a container's port may be another one outside. */
function isOwn(host: string, port: number, names: readonly string[]): boolean {
  const given = host.toLowerCase()
  return names.some((name) =>
    HAS_PORT.test(name)
      ? given === name
      : given === `${name}:${port}` || (port === DEFAULT_HTTP_PORT && given === name),
  )
}
