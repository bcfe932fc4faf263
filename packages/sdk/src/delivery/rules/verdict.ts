import { endBackoffMs, throttleWaitMs } from './backoff.ts'
import type { DropReason } from './ping-state.ts'
import { hasMeta, isEnd, logLength, type Detail, type HeldPing } from '../held-ping.ts'
import type { FailureReason, Outcome } from '../../http/outcome.ts'

/** What becomes of a ping after an attempt. */
export type Verdict =
  | { readonly state: 'delivered' }
  | { readonly state: 'dropped'; readonly reason: DropReason }
  | {
      readonly state: 'pending'
      readonly afterMs: number
      readonly detail: Detail
      /** False where the service itself asked for another attempt: that costs no credit. */
      readonly isRetry: boolean
    }

/** Attempts that a start is worth, all of them certainly without effect. */
const START_ATTEMPTS = 2
/** Attempts at an end when another server replies: that does not heal by itself. */
const MISROUTED_ATTEMPTS = 3
/** Attempts at an end by what went wrong, where that does not heal by itself. */
const HOPELESS_ENDS: Readonly<Partial<Record<FailureReason, number>>> = { tls: 2 }

/**
 * Decides by certainty. A start is sent again only if it cannot have taken effect: a second one that arrives would
 * overlap with the first. An end is sent again unless it was taken or refused: a lost one is a false alarm.
 *
 * @param ping  As it was sent; its `attempts` count this one.
 * @param hintMs  What the service asked to wait, in milliseconds.
 * @param draw  From 0 up to, not including, 1.
 */
export function verdictOn(
  ping: HeldPing,
  outcome: Outcome,
  hintMs: number | undefined,
  draw: number,
): Verdict {
  const end = isEnd(ping)
  const again = (afterMs: number): Verdict => ({
    state: 'pending',
    afterMs,
    detail: ping.detail,
    isRetry: true,
  })
  switch (outcome.type) {
    case 'accepted':
      return { state: 'delivered' }
    case 'refused':
      return afterRefusal(ping, outcome.statusCode)
    case 'rate-limited':
      if (!end) return { state: 'dropped', reason: 'rate-limited' }
      return { ...again(throttleWaitMs(hintMs, ping.attempts, draw)), isRetry: false } as Verdict
    case 'misrouted':
      if (!end || ping.attempts >= MISROUTED_ATTEMPTS) return { state: 'dropped', reason: 'misrouted' }
      return again(endBackoffMs(ping.attempts, draw))
    case 'unsent': {
      const most =
        outcome.reason === 'unusable-transport'
          ? 1
          : end
            ? (HOPELESS_ENDS[outcome.reason] ?? Infinity)
            : START_ATTEMPTS
      return ping.attempts >= most
        ? { state: 'dropped', reason: 'retries-exhausted' }
        : again(endBackoffMs(ping.attempts, draw))
    }
    case 'unknown':
      return end ? again(endBackoffMs(ping.attempts, draw)) : { state: 'dropped', reason: 'may-have-arrived' }
  }
}

function afterRefusal(ping: HeldPing, statusCode: number): Verdict {
  switch (statusCode) {
    case 401:
    case 403:
      return { state: 'dropped', reason: 'key-refused' }
    case 404:
    case 410:
      return { state: 'dropped', reason: 'monitor-unknown' }
    case 409:
      // A conflict with its own first copy means that the first copy arrived.
      return !isEnd(ping) || ping.attempts > 1
        ? { state: 'delivered' }
        : { state: 'dropped', reason: 'refused' }
    case 400:
    case 413:
    case 422: {
      const detail = lessOf(ping)
      if (!isEnd(ping) || detail === undefined) return { state: 'dropped', reason: 'refused' }
      // Safe, because the refusal is certain: the state must get through even when the decoration cannot.
      return { state: 'pending', afterMs: 0, detail, isRetry: false }
    }
    default:
      return { state: 'dropped', reason: 'refused' }
  }
}

/** The next smaller form of a ping, if there is one: first without its log, then without anything. */
function lessOf(ping: HeldPing): Detail | undefined {
  if (ping.detail === 'bare' || ping.body === undefined) return undefined
  const hasMore = hasMeta(ping) || 'errorMessage' in ping.body
  return logLength(ping) > 0 && hasMore ? 'no-log' : 'bare'
}
