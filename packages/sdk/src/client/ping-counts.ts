import type { DropReason, SkipReason } from '../delivery/rules/ping-state.ts'

/**
 * What became of a monitor's pings: `created = delivered + skipped + dropped + spooled + pending`, always.
 */
export interface PingStats {
  /** Pings that were handed over, also those that a closed or switched-off client did not take. */
  readonly created: number
  /** Pings that the service took. */
  readonly delivered: number
  /** Pings that were not needed. */
  readonly skipped: number
  /** Pings that were given up. */
  readonly dropped: number
  /** Pings that were put on disk, for a later process to deliver. */
  readonly spooled: number
  /** Pings that wait in memory, or are on their way. */
  readonly pending: number
  readonly skippedBecause: Readonly<Partial<Record<SkipReason, number>>>
  readonly droppedBecause: Readonly<Partial<Record<DropReason, number>>>
  /** Attempts after the first, of all pings. */
  readonly retries: number
}

/** Counts; nothing is ever subtracted but `pending`. */
export interface PingCounts {
  created(): void
  delivered(): void
  skipped(reason: SkipReason): void
  dropped(reason: DropReason): void
  spooled(): void
  retried(): void
  snapshot(): PingStats
}

export function createPingCounts(): PingCounts {
  let created = 0
  let delivered = 0
  let retries = 0
  let spooled = 0
  const skips = new Map<SkipReason, number>()
  const drops = new Map<DropReason, number>()
  return {
    created: () => void created++,
    delivered: () => void delivered++,
    skipped: (reason) => void skips.set(reason, (skips.get(reason) ?? 0) + 1),
    dropped: (reason) => void drops.set(reason, (drops.get(reason) ?? 0) + 1),
    spooled: () => void spooled++,
    retried: () => void retries++,
    snapshot: () => {
      const skipped = sum(skips)
      const dropped = sum(drops)
      return {
        created,
        delivered,
        skipped,
        dropped,
        spooled,
        pending: created - delivered - skipped - dropped - spooled,
        skippedBecause: Object.fromEntries(skips),
        droppedBecause: Object.fromEntries(drops),
        retries,
      }
    },
  }
}

function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0)
}

/** The counts of several monitors in one. They add up as each of them does. */
export function sumOfStats(all: readonly PingStats[]): PingStats {
  const total = (name: 'created' | 'delivered' | 'skipped' | 'dropped' | 'spooled' | 'pending' | 'retries') =>
    all.reduce((subtotal, stats) => subtotal + stats[name], 0)
  return {
    created: total('created'),
    delivered: total('delivered'),
    skipped: total('skipped'),
    dropped: total('dropped'),
    spooled: total('spooled'),
    pending: total('pending'),
    skippedBecause: sumByReason(all.map(({ skippedBecause }) => skippedBecause)),
    droppedBecause: sumByReason(all.map(({ droppedBecause }) => droppedBecause)),
    retries: total('retries'),
  }
}

function sumByReason(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const reasons of all) {
    for (const [reason, count] of Object.entries(reasons)) total[reason] = (total[reason] ?? 0) + count
  }
  return total
}
