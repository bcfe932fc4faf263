import type { Clock } from '@crontify/alert-engine'
import type { IsoInstant } from '../time-texts.ts'
import type { Delivery, DeliveryAttempt, Notification } from './notification.ts'

/** How one POST ended. */
export type PostOutcome =
  | { readonly type: 'answered'; readonly statusCode: number; readonly retryAfterMs?: number }
  | { readonly type: 'unanswered'; readonly reason: string }

/** Posts JSON, once, and never rejects. */
export type PostJson = (url: string, body: object, signal: AbortSignal) => Promise<PostOutcome>

/** What delivering needs from around it. */
export interface DelivererDependencies {
  readonly post: PostJson
  readonly clock: Clock
  readonly now: () => IsoInstant
  readonly onChange: (id: string, delivery: Delivery) => void
  readonly closing: AbortSignal
}

/** Hands notifications over to real addresses. */
export interface Deliverer {
  deliver(notification: Notification, url: string): void
  /** Resolves when no request is under way; one that waits for its next attempt is not. */
  settled(): Promise<void>
}

/** Waits before the second, third and fourth attempt, in milliseconds of the server's clock. */
export const DELIVERY_WAITS_MS: readonly number[] = [1_000, 5_000, 25_000]
const LONGEST_WAIT_MS = 60_000
/** More at once are given up: a channel that does not answer must not fill the memory. */
const MAX_WAITING = 1_000

/**
 * Posts each notification up to four times. An answer of 2xx is a success; 429, 5xx and no answer are tried again, later
 * if `Retry-After` says so; every other answer, redirects among them, is final.
 */
export function createDeliverer({ post, clock, now, onChange, closing }: DelivererDependencies): Deliverer {
  const underWay = new Set<Promise<void>>()
  let waiting = 0

  function attempt(notification: Notification, url: string, before: readonly DeliveryAttempt[]): void {
    const ended = postOnce(notification, url, before)
    underWay.add(ended)
    void ended.finally(() => underWay.delete(ended))
  }

  async function postOnce(
    notification: Notification,
    url: string,
    before: readonly DeliveryAttempt[],
  ): Promise<void> {
    const outcome = await post(url, notification.kind === 'email' ? {} : notification.body, closing)
    const attempts = [...before, { at: now(), outcome: outcomeText(outcome) }]
    const waitMs = nextWaitMs(outcome, before.length)
    if (waitMs === undefined || closing.aborted) {
      waiting -= 1
      onChange(notification.id, { state: isGood(outcome) ? 'delivered' : 'failed', attempts })
      return
    }
    onChange(notification.id, { state: 'waiting', attempts })
    clock.schedule(() => {
      attempt(notification, url, attempts)
    }, waitMs)
  }

  return {
    deliver(notification, url) {
      if (waiting >= MAX_WAITING) {
        const outcome = `${MAX_WAITING} notifications are waiting already`
        onChange(notification.id, { state: 'failed', attempts: [{ at: now(), outcome }] })
        return
      }
      waiting += 1
      attempt(notification, url, [])
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

/** Milliseconds until the next attempt; `undefined` where there is none. */
function nextWaitMs(outcome: PostOutcome, attemptsBefore: number): number | undefined {
  const usual = DELIVERY_WAITS_MS[attemptsBefore]
  if (usual === undefined) return undefined
  if (outcome.type === 'unanswered') return usual
  const { statusCode, retryAfterMs = 0 } = outcome
  const isWorthIt = statusCode === 429 || statusCode >= 500
  return isWorthIt ? Math.min(LONGEST_WAIT_MS, Math.max(usual, retryAfterMs)) : undefined
}

function isGood(outcome: PostOutcome): boolean {
  return outcome.type === 'answered' && outcome.statusCode >= 200 && outcome.statusCode < 300
}

function outcomeText(outcome: PostOutcome): string {
  return outcome.type === 'answered' ? `HTTP ${outcome.statusCode}` : outcome.reason
}
