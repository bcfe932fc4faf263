import type { Clock } from '@crontify/alert-engine'

const WINDOW_MS = 60_000

/** Lets so many pings of a key through in any minute. */
export interface RateLimit {
  /** Counts a ping; where it is one too many it is not counted, and the answer is how many milliseconds to wait. */
  take(key: number): number | undefined
  clear(): void
}

/**
 * Counts within a window that slides, so that no minute, wherever it begins, sees more than `perMinute` pings.
 * How the service counts is not documented [?]; that it allows 120 is [D KEYS].
 *
 * @param perMinute  `Infinity` lets everything through.
 */
export function createRateLimit(perMinute: number, clock: Pick<Clock, 'now'>): RateLimit {
  /** For each key the instants of its last pings, as a ring. */
  const rings = new Map<number, { readonly at: number[]; next: number }>()
  return {
    take(key) {
      if (perMinute === Infinity) return undefined
      const now = clock.now()
      const ring = rings.get(key) ?? { at: [], next: 0 }
      rings.set(key, ring)
      const oldest = ring.at[ring.next]
      if (oldest !== undefined && oldest > now - WINDOW_MS) return oldest + WINDOW_MS - now
      ring.at[ring.next] = now
      ring.next = (ring.next + 1) % perMinute
      return undefined
    },
    clear() {
      rings.clear()
    },
  }
}
