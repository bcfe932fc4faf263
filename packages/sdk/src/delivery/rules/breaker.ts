import type { Outcome } from '../../http/outcome.ts'

/** Failures in a row, with nothing good between them, after which the service counts as down. */
const FAILURES_TO_OPEN = 5
/** Milliseconds within which they must lie: five failures spread over a day of nightly jobs say nothing about now. */
const FAILURE_WINDOW_MS = 60_000
/** Milliseconds of the first pause; each probe that fails doubles it. */
const FIRST_PAUSE_MS = 5_000
/** Longest pause before jitter, in milliseconds: a service that is back is noticed about a minute later. */
const LONGEST_PAUSE_MS = 60_000
/** Share by which chance shortens or lengthens a pause, so that clients do not probe together. */
const PAUSE_JITTER = 0.2

/**
 * What is known of the health of one service with one API key. Instants are monotonic milliseconds.
 *
 * While it is down, nothing is sent but one probe now and then: jobs are not kept waiting for a service that does
 * not answer, and the service is not kept busy while it gets up.
 */
export type Breaker =
  /** Pings go out. The latest failures in a row are remembered. */
  | { readonly type: 'closed'; readonly failedAt: readonly number[] }
  /** Nothing goes out until `probeDueAt`; then one probe may. */
  | { readonly type: 'open'; readonly pauseMs: number; readonly probeDueAt: number }
  /** One probe is on its way, and its outcome decides. */
  | { readonly type: 'probing'; readonly pauseMs: number }

/** Whether a ping may be sent: yes, no, or only as the one probe. */
export type BreakerVerdict = 'closed' | 'open' | 'probe'

/** How a ping ended, as far as the breaker cares. */
export interface EndedPing {
  readonly type: Outcome['type']
  /** True if it was sent as the probe. */
  readonly wasProbe: boolean
}

/** A breaker that has seen nothing yet: pings go out. */
export function createBreaker(): Breaker {
  return { type: 'closed', failedAt: [] }
}

/** Whether a ping may be sent now. Who sends after `probe` says so with {@link onProbeSent} first. */
export function breakerVerdict(breaker: Breaker, now: number): BreakerVerdict {
  switch (breaker.type) {
    case 'closed':
      return 'closed'
    case 'open':
      return now >= breaker.probeDueAt ? 'probe' : 'open'
    case 'probing':
      return 'open'
  }
}

/** The breaker after the probe went out: until its outcome is known, no other ping may be sent. */
export function onProbeSent(breaker: Breaker): Breaker {
  return breaker.type === 'open' ? { type: 'probing', pauseMs: breaker.pauseMs } : breaker
}

/**
 * The breaker after a ping ended.
 *
 * A refusal or a request to wait is a sign of life: the service works, it only does not take this ping. Somebody
 * else's answer is a failure: the service itself was not reached. While a probe is on its way only its outcome
 * counts; a ping that was sent before the pause and fails in it does not lengthen the pause.
 *
 * @param draw  From 0 up to, not including, 1.
 */
export function onOutcome(breaker: Breaker, ended: EndedPing, now: number, draw: number): Breaker {
  const failed = isFailure(ended.type)
  switch (breaker.type) {
    case 'closed':
      return failed ? afterFailure(breaker.failedAt, now, draw) : createBreaker()
    case 'open':
      return failed ? breaker : createBreaker()
    case 'probing':
      if (!ended.wasProbe) return breaker
      return failed ? pause(Math.min(LONGEST_PAUSE_MS, breaker.pauseMs * 2), now, draw) : createBreaker()
  }
}

/** When the next probe may go; `undefined` while pings go out, or while a probe is on its way. */
export function opensAgainAt(breaker: Breaker): number | undefined {
  return breaker.type === 'open' ? breaker.probeDueAt : undefined
}

function isFailure(type: Outcome['type']): boolean {
  switch (type) {
    case 'unsent':
    case 'unknown':
    case 'misrouted':
      return true
    case 'accepted':
    case 'refused':
    case 'rate-limited':
      return false
  }
}

function afterFailure(earlier: readonly number[], now: number, draw: number): Breaker {
  const failedAt = [...earlier.filter((at) => now - at <= FAILURE_WINDOW_MS), now]
  return failedAt.length >= FAILURES_TO_OPEN ? pause(FIRST_PAUSE_MS, now, draw) : { type: 'closed', failedAt }
}

function pause(pauseMs: number, now: number, draw: number): Breaker {
  return { type: 'open', pauseMs, probeDueAt: now + pauseMs * (1 - PAUSE_JITTER + 2 * PAUSE_JITTER * draw) }
}
