import { createBreaker, onOutcome, type Breaker } from './rules/breaker.ts'
import type { Outcome } from '../http/outcome.ts'
import { createRateBucket, onPutOff, type RateBucket } from './rules/rate-bucket.ts'
import {
  afterFirstTrySuccess,
  afterRetry,
  createRetryBudget,
  mayRetry,
  type RetryBudget,
} from './rules/retry-budget.ts'

/** What stands between the pings of one API key and the service. Instants are of the monotonic clock. */
export interface Gates {
  readonly breaker: Breaker
  /** `undefined`: no limit. */
  readonly bucket: RateBucket | undefined
  readonly budget: RetryBudget
  /** The service asked all pings of this key to wait until then. */
  readonly pausedUntil: number
  /** The service refused the key: until then nothing is sent, and then one ping asks again. */
  readonly keyShutUntil: number | undefined
}

/** Milliseconds before a refused key is tried again: keys are replaced while jobs run. */
export const KEY_SHUT_MS = 60_000
/** Longest wait before an attempt that the retry budget cannot pay for, in milliseconds. */
const UNPAID_RETRY_MS = 30_000

/**
 * All gates open.
 *
 * @param ratePerMinute  Pings that may be sent in a minute, 1 to 120; `undefined` for no limit.
 */
export function createGates(now: number, ratePerMinute: number | undefined): Gates {
  return {
    breaker: createBreaker(),
    bucket: ratePerMinute === undefined ? undefined : createRateBucket(now, ratePerMinute),
    budget: createRetryBudget(),
    pausedUntil: now,
    keyShutUntil: undefined,
  }
}

/** How an attempt ended, as far as the gates care. */
export interface AttemptEnded {
  readonly outcome: Outcome
  readonly attempt: number
  readonly wasProbe: boolean
  /** How long the service, or the step that stands in for its word, wants this key to wait. */
  readonly pauseMs: number
  /** How long the key may send nothing, as an answer of any kind said; 0 where none did. */
  readonly exhaustedMs: number
}

/** The gates after an attempt. */
export function gatesAfter(gates: Gates, ended: AttemptEnded, now: number, draw: number): Gates {
  const { outcome, wasProbe } = ended
  const keyRefused = outcome.type === 'refused' && (outcome.statusCode === 401 || outcome.statusCode === 403)
  const isRateLimited = outcome.type === 'rate-limited'
  const firstTry = outcome.type === 'accepted' && ended.attempt === 1
  return {
    breaker: onOutcome(gates.breaker, { type: outcome.type, wasProbe }, now, draw),
    bucket: isRateLimited && gates.bucket !== undefined ? onPutOff(gates.bucket, now) : gates.bucket,
    budget: firstTry ? afterFirstTrySuccess(gates.budget) : gates.budget,
    pausedUntil: Math.max(
      gates.pausedUntil,
      now + Math.max(isRateLimited ? ended.pauseMs : 0, ended.exhaustedMs),
    ),
    keyShutUntil: keyRefused
      ? now + KEY_SHUT_MS
      : outcome.type === 'accepted'
        ? undefined
        : gates.keyShutUntil,
  }
}

/** Pays for a retry; one that cannot be paid for waits longer instead, so that retries never become a storm. */
export function payForRetry(
  gates: Gates,
  afterMs: number,
): { readonly gates: Gates; readonly afterMs: number } {
  if (mayRetry(gates.budget)) return { gates: { ...gates, budget: afterRetry(gates.budget) }, afterMs }
  return { gates, afterMs: Math.max(afterMs, UNPAID_RETRY_MS) }
}

/** True if a ping handed over now would not be sent now, whatever it is. */
export function isParked(gates: Gates, now: number): boolean {
  return gates.breaker.type !== 'closed' || gates.pausedUntil > now || gates.keyShutUntil !== undefined
}
