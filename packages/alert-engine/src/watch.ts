import type { Instant } from './clock.ts'
import type { Watch } from './model.ts'
import type { Terms } from './terms.ts'

/** What a ping says about the slot that is awaited. */
export interface WatchedPing {
  readonly type: 'start' | 'success' | 'fail'
  /** True for the end of a run whose start came: that start has served the slot already. */
  readonly endsOpenRun: boolean
}

/**
 * What is awaited after a ping.
 *
 * Every ping ends a silence: documented is the start, the rest follows from "last ping" [D PINGS; I]. The end of a
 * run is never early for the next slot, and never takes back the slot that an early start has served.
 */
export function watchAfterPing(
  watch: Watch | null,
  ping: WatchedPing,
  now: Instant,
  terms: Terms,
): Watch | null {
  if (watch === null && terms.semantics.armedBy === 'successPing' && ping.type !== 'success') return null
  const next = ping.endsOpenRun ? terms.nextExpectedAfter(now) : terms.awaitedAfterPing(now)
  if (next === null) return null
  const expectedAt = watch === null ? next : Math.max(next, watch.expectedAt)
  return { expectedAt, notified: 'no' }
}

/** A fresh window from now on, for a monitor that was watched before. */
export function freshWatch(watch: Watch | null, now: Instant, terms: Terms): Watch | null {
  const expectedAt = watch === null ? null : terms.nextExpectedAfter(now)
  return expectedAt === null ? null : { expectedAt, notified: 'no' }
}
