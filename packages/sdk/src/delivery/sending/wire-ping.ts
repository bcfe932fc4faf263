import { API_KEY_HEADER, cutText, MAX_ERROR_MESSAGE_LENGTH, pingPath } from '@crontify/protocol'
import type { HeldPing } from '../held-ping.ts'
import { latenessPrefix } from '../rules/lateness.ts'
import type { ExitRoute } from '../../http/exit-route.ts'
import type { PingRequest } from '../../http/transport.ts'

/** Where requests go, and as whom. */
export interface Destination {
  /** Scheme, host and port. */
  readonly origin: string
  /** What of the base URL's path stands in front of `/api/v1`; empty for most. */
  readonly pathPrefix: string
  readonly apiKey: string
  readonly userAgent: string
  /** False leaves out the headers that the service has not documented. */
  readonly wireHeaders: boolean
  /** Pings that may be sent in a minute, 1 to 120; `undefined` for no limit. */
  readonly ratePerMinute: number | undefined
  /** How pings are sent while the process exits; `undefined`: not at all. */
  readonly exitRoute: ExitRoute | undefined
}

/**
 * The request for one attempt at a ping.
 *
 * The body has documented fields only, because a strict service could refuse others. Which run it is and when it
 * happened goes into headers, which a service that does not know them ignores.
 *
 * @param now  By the wall clock.
 * @param skewMs  How far the service's clock is ahead of ours.
 */
export function wirePing(ping: HeldPing, destination: Destination, now: number, skewMs: number): PingRequest {
  const body = bodyOf(ping, now)
  return {
    origin: destination.origin,
    path: destination.pathPrefix + pingPath(ping.monitorId, ping.kind),
    method: 'POST',
    headers: {
      [API_KEY_HEADER]: destination.apiKey,
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': destination.userAgent,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(destination.wireHeaders ? identity(ping, now, skewMs) : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  }
}

function identity(ping: HeldPing, now: number, skewMs: number): Readonly<Record<string, string>> {
  return {
    'idempotency-key': ping.id,
    'x-client-run-id': ping.runId,
    'x-attempt': String(ping.attempts),
    ...instantHeader('x-occurred-at', ping.occurredAt + skewMs),
    ...instantHeader('x-sent-at', now + skewMs),
  }
}

/** Left out where the clock has been replaced by something that tells no time. */
function instantHeader(name: string, at: number): Readonly<Record<string, string>> {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? {} : { [name]: date.toISOString() }
}

function bodyOf(ping: HeldPing, now: number): object | undefined {
  if (ping.kind !== 'fail') return ping.detail === 'bare' ? undefined : ping.body
  const prefix = latenessPrefix(ping.occurredAt, now)
  const { errorMessage, meta, logOutput } = (ping.body ?? {}) as Readonly<Record<string, unknown>>
  const message = prefix + (ping.detail === 'bare' || typeof errorMessage !== 'string' ? '' : errorMessage)
  const body = {
    ...(message === '' ? {} : { errorMessage: cutText(message, MAX_ERROR_MESSAGE_LENGTH) }),
    ...(meta === undefined || ping.detail === 'bare' ? {} : { meta }),
    ...(logOutput === undefined || ping.detail !== 'full' ? {} : { logOutput }),
  }
  return Object.keys(body).length > 0 ? body : undefined
}
