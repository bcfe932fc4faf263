import type { MonitorDefinition, Tier } from '@crontify/protocol'

const ZONES = ['UTC', 'America/New_York', 'Europe/Berlin'] as const

type Kind = Omit<MonitorDefinition, 'id' | 'timezone' | 'tier'> & { readonly name: string }

/** Ten kinds of jobs, two or three of each tier, as a company with three offices has them. */
const KINDS: readonly (readonly [Tier, Kind])[] = [
  [1, { name: 'backup', schedule: '30 2 * * *', graceSeconds: 600, maxDurationSeconds: 5_400 }],
  [
    1,
    {
      name: 'billing',
      schedule: '0 6 * * 1-5',
      graceSeconds: 900,
      rules: [{ field: 'invoices', operator: 'eq', threshold: 0 }],
    },
  ],
  [1, { name: 'ledger', schedule: '15 */4 * * *', graceSeconds: 600, cooldownSeconds: 21_600 }],
  [
    2,
    {
      name: 'user-sync',
      schedule: '0 * * * *',
      graceSeconds: 900,
      maxDurationSeconds: 7_200,
      rules: [{ field: 'records', operator: 'eq', threshold: 0 }],
    },
  ],
  [2, { name: 'digest', schedule: '0 7 * * *', graceSeconds: 1_800 }],
  [2, { name: 'imports', everySeconds: 1_800, graceSeconds: 900, cooldownSeconds: 43_200 }],
  [3, { name: 'cache', schedule: '*/30 * * * *', graceSeconds: 3_600, recovery: false }],
  [
    3,
    {
      name: 'search-index',
      schedule: '45 1 * * *',
      graceSeconds: 3_600,
      slow: { factor: 1.5, afterRuns: 5 },
    },
  ],
  [
    4,
    {
      name: 'thumbnails',
      schedule: '*/20 * * * *',
      graceSeconds: 3_600,
      failureRate: { above: 0.25, window: 24 },
    },
  ],
  [
    4,
    {
      name: 'feeds',
      schedule: '10 */2 * * *',
      graceSeconds: 7_200,
      slow: false,
      failureRate: { above: 0.5, window: 12, minimumRuns: 6 },
    },
  ],
]

/** Thirty monitors: each kind in each of three time zones. */
export const MONTH_MONITORS: readonly MonitorDefinition[] = ZONES.flatMap((timezone) =>
  KINDS.map(([tier, { name, ...kind }]) => ({
    id: `${name}-${timezone.replace(/^.*\//, '').toLowerCase()}`,
    timezone,
    tier,
    ...kind,
  })),
)
