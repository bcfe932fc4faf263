import type { PingKind } from '@crontify/protocol'
import type { PingEnd } from '../../delivery/delivery.ts'
import { dropText, type DropReason } from '../../delivery/rules/ping-state.ts'
import {
  CrontifyClosedError,
  CrontifyNetworkError,
  CrontifyTimeoutError,
  type CrontifyError,
} from '../../errors.ts'

interface PingName {
  readonly kind: PingKind
  readonly monitorId: string
}

/** Reasons that add nothing to what the last attempt's error says. */
const TOLD_BY_ERROR: ReadonlySet<DropReason> = new Set([
  'refused',
  'key-refused',
  'monitor-unknown',
  'misrouted',
  'may-have-arrived',
  'retries-exhausted',
  'rate-limited',
])

/** The warning about a ping that was dropped. */
export function dropMessage(
  { kind, monitorId }: PingName,
  reason: DropReason,
  error: CrontifyError | undefined,
): string {
  if (error !== undefined && TOLD_BY_ERROR.has(reason)) return error.message
  const because = error === undefined ? '' : ` (${error.message})`
  return `The ${kind} ping of "${monitorId}" was dropped: ${dropText(reason)}${because}`
}

/**
 * Why there is no receipt, for a caller with `silent: false`; `undefined` for a ping that was not dropped.
 *
 * @param end  `undefined` if it is still pending when the caller's time is over.
 * @param error  What the last attempt ended with.
 */
export function receiptError(
  ping: PingName,
  end: PingEnd | undefined,
  error: CrontifyError | undefined,
): CrontifyError | undefined {
  if (end !== undefined && end.state !== 'dropped') return undefined
  if (error !== undefined) return error
  if (end === undefined)
    return new CrontifyTimeoutError(`No answer to the ${ping.kind} ping of "${ping.monitorId}" in time`)
  const message = dropMessage(ping, end.reason, undefined)
  return end.reason === 'closed' ? new CrontifyClosedError(message) : new CrontifyNetworkError(message)
}
