import type { PingKind } from '@crontify/protocol'
import {
  CrontifyApiError,
  type CrontifyError,
  CrontifyNetworkError,
  CrontifyTimeoutError,
} from '../errors.ts'
import type { FailureCause, FailureReason, Outcome } from './outcome.ts'
import type { ScrubKey } from '../redaction/scrub-key.ts'

/** Where a ping was meant to go, as far as a message may say it. */
export interface PingTarget {
  readonly monitorId: string
  readonly kind: PingKind
  /** Host and port, without credentials. */
  readonly host: string
}

/** An outcome that is not "accepted". */
export type FailedOutcome = Exclude<Outcome, { readonly type: 'accepted' }>

/**
 * The error that tells a caller why a ping was not taken; the one place where an outcome becomes an error.
 *
 * Foreign text in it, from the system or from the server, goes through `scrub`.
 */
export function outcomeError(outcome: FailedOutcome, target: PingTarget, scrub: ScrubKey): CrontifyError {
  const cause =
    'cause' in outcome ? { code: outcome.cause.code, message: scrub(outcome.cause.message) } : undefined
  const ping = `the ${target.kind} ping of "${target.monitorId}"`
  switch (outcome.type) {
    case 'refused':
      return new CrontifyApiError(
        `Crontify refused ${ping}: HTTP ${outcome.statusCode}${quoted(scrub(outcome.detail))} (${refusalAdvice(outcome.statusCode, target)})`,
        outcome.statusCode,
      )
    case 'rate-limited':
      return new CrontifyApiError(
        `Crontify put off ${ping}: HTTP ${outcome.statusCode} (too many pings with this API key; 120 a minute are allowed)`,
        outcome.statusCode,
      )
    case 'misrouted':
      return new CrontifyApiError(
        `${target.host} answered ${ping} with HTTP ${outcome.statusCode}, but it is not Crontify: ${scrub(outcome.detail)} (does baseUrl point at the API, and is there a proxy that wants a login?)`,
        outcome.statusCode,
      )
    case 'unsent':
      return outcome.reason === 'connect-timeout'
        ? new CrontifyTimeoutError(`Could not send ${ping}: no connection to ${target.host} in time`)
        : new CrontifyNetworkError(
            `Could not send ${ping}: ${failureText(outcome.reason, target.host, cause)}${coded(outcome.cause)}`,
            { cause },
          )
    case 'unknown':
      if (outcome.statusCode !== undefined) {
        return new CrontifyApiError(
          `Crontify failed on ${ping}: HTTP ${outcome.statusCode} (it may or may not have been recorded)`,
          outcome.statusCode,
        )
      }
      return outcome.reason === 'timeout'
        ? new CrontifyTimeoutError(
            `No answer to ${ping} from ${target.host} in time (it may or may not have been recorded)`,
          )
        : new CrontifyNetworkError(
            `Lost ${ping}: ${failureText(outcome.reason, target.host)}${coded(outcome.cause)} (it may or may not have been recorded)`,
            { cause },
          )
  }
}

function refusalAdvice(statusCode: number, target: PingTarget): string {
  switch (statusCode) {
    case 400:
    case 413:
    case 422:
      return 'the service did not like the content of the ping'
    case 401:
    case 403:
      return 'is the API key revoked, misspelt, or of another environment?'
    case 402:
      return 'does the plan allow this monitor?'
    case 404:
    case 410:
      return `is there a monitor "${target.monitorId}", and is the base URL without /api/v1?`
    default:
      return statusCode >= 300 && statusCode < 400
        ? 'set baseUrl to the address that the service really has'
        : 'the service will not take this ping'
  }
}

function failureText(reason: FailureReason, host: string, cause?: FailureCause): string {
  switch (reason) {
    case 'unusable-transport':
      return `the transport does not work in this process, and no ping will be sent: ${cause?.message ?? 'unknown error'}`
    case 'name-not-found':
      return `the name of ${host} could not be resolved`
    case 'refused':
      return `${host} refused the connection`
    case 'unreachable':
      return `${host} cannot be reached from here`
    case 'tls':
      return `no secure connection to ${host} (for a private certificate authority set NODE_EXTRA_CA_CERTS; for a plain HTTP port use http://)`
    case 'proxy':
      return `the proxy on the way to ${host} gave no connection; see the option proxy and HTTPS_PROXY`
    case 'reset':
      return `${host} closed the connection`
    case 'bad-answer':
      return `${host} did not answer in HTTP`
    case 'connect-timeout':
    case 'timeout':
      return `${host} did not answer in time`
    case 'closed':
      return 'the client was closed'
    case 'other':
      return `the exchange with ${host} broke`
  }
}

function coded(cause: FailureCause): string {
  return cause.code === undefined ? '' : ` (${cause.code})`
}

function quoted(detail: string): string {
  return detail === '' ? '' : ` "${detail}"`
}
