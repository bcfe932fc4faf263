import type { MonitorSummary } from '../src/dashboard/monitor-summary.ts'

/** What the list of monitors is narrowed to; empty texts narrow nothing. */
export interface MonitorFilter {
  readonly search: string
  readonly status: string
  readonly tier: string
  readonly tag: string
}

export const NO_FILTER: MonitorFilter = { search: '', status: '', tier: '', tag: '' }

const ORDER = { failing: 0, active: 1, waiting: 2, paused: 3 } as const

/** The monitors that are wanted, those that need somebody first. Pure. */
export function filtered(
  monitors: readonly MonitorSummary[],
  filter: MonitorFilter,
): readonly MonitorSummary[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean)
  return monitors
    .filter(
      ({ id, name, status, tier, tags }) =>
        (filter.status === '' || status === filter.status) &&
        (filter.tier === '' || String(tier) === filter.tier) &&
        (filter.tag === '' || tags.includes(filter.tag)) &&
        words.every((word) => `${id} ${name} ${tags.join(' ')}`.toLowerCase().includes(word)),
    )
    .toSorted((one, other) => ORDER[one.status] - ORDER[other.status])
}
