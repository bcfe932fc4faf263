import type { MonitorSummary } from '@crontify/mock-server/dashboard-data'

/** What the list of monitors is narrowed to; empty texts narrow nothing. */
export interface MonitorFilter {
  readonly search: string
  readonly status: string
  readonly tier: string
  readonly tag: string
}

export const NO_FILTER: MonitorFilter = { search: '', status: '', tier: '', tag: '' }

const ORDER = { failing: 0, warning: 1, active: 2, waiting: 3, paused: 4 } as const

/** The status that the list shows: a monitor that works, with a warning about its last run, has a warning. Pure. */
function shownStatus({ status, attention }: MonitorSummary): keyof typeof ORDER {
  return status === 'active' && attention !== undefined ? 'warning' : status
}

/** The monitors that match, failing ones first, then those with a warning. Pure. */
export function filtered(
  monitors: readonly MonitorSummary[],
  filter: MonitorFilter,
): readonly MonitorSummary[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean)
  return monitors
    .filter(
      (monitor) =>
        (filter.status === '' || shownStatus(monitor) === filter.status) &&
        (filter.tier === '' || String(monitor.tier) === filter.tier) &&
        (filter.tag === '' || monitor.tags.includes(filter.tag)) &&
        words.every((word) =>
          `${monitor.id} ${monitor.name} ${monitor.tags.join(' ')}`.toLowerCase().includes(word),
        ),
    )
    .toSorted((one, other) => ORDER[shownStatus(one)] - ORDER[shownStatus(other)])
}
