import type { MonitorDefinition } from '@crontify/protocol'

const HOUR_MS = 3_600_000

/** What a run does: how long it takes, and how it ends; `never` for one that does not start. */
export type Fate =
  | { readonly type: 'success'; readonly tookMs: number; readonly meta?: Readonly<Record<string, number>> }
  | { readonly type: 'fail'; readonly tookMs: number; readonly errorMessage: string }
  | { readonly type: 'hang' }
  | { readonly type: 'never' }

interface Trouble {
  readonly monitorId: string
  readonly from: string
  readonly to: string
  readonly fate: Fate
}

const MINUTE_MS = 60_000
const fail = (errorMessage: string, minutes = 2): Fate => ({
  type: 'fail',
  tookMs: minutes * MINUTE_MS,
  errorMessage,
})
const NEVER: Fate = { type: 'never' }
const HANG: Fate = { type: 'hang' }

/** What goes wrong in this month, one line each; the page beside the golden file tells it as a story. */
const TROUBLES: readonly Trouble[] = [
  { monitorId: 'backup-utc', from: '2026-10-14T02:00Z', to: '2026-10-14T03:00Z', fate: HANG },
  { monitorId: 'backup-berlin', from: '2026-10-16T00:00Z', to: '2026-10-17T12:00Z', fate: NEVER },
  {
    monitorId: 'backup-new_york',
    from: '2026-11-03T07:00Z',
    to: '2026-11-03T08:00Z',
    fate: fail('disk is full', 40),
  },
  {
    monitorId: 'billing-berlin',
    from: '2026-10-20T00:00Z',
    to: '2026-10-20T12:00Z',
    fate: { type: 'success', tookMs: 3 * MINUTE_MS, meta: { invoices: 0 } },
  },
  {
    monitorId: 'ledger-utc',
    from: '2026-10-22T00:00Z',
    to: '2026-10-22T21:00Z',
    fate: fail('deadlock detected'),
  },
  {
    monitorId: 'user-sync-new_york',
    from: '2026-10-18T10:00Z',
    to: '2026-10-18T12:30Z',
    fate: { type: 'success', tookMs: MINUTE_MS, meta: { records: 0 } },
  },
  {
    monitorId: 'user-sync-utc',
    from: '2026-10-24T08:00Z',
    to: '2026-10-24T09:00Z',
    fate: { type: 'success', tookMs: 70 * MINUTE_MS, meta: { records: 90_000 } },
  },
  {
    monitorId: 'digest-berlin',
    from: '2026-10-25T00:00Z',
    to: '2026-10-25T12:00Z',
    fate: fail('SMTP 451', 1),
  },
  { monitorId: 'imports-utc', from: '2026-10-27T03:00Z', to: '2026-10-27T06:00Z', fate: NEVER },
  { monitorId: 'imports-utc', from: '2026-10-27T09:00Z', to: '2026-10-27T10:30Z', fate: NEVER },
  {
    monitorId: 'cache-berlin',
    from: '2026-10-29T11:00Z',
    to: '2026-10-29T12:00Z',
    fate: fail('connection reset', 1),
  },
  {
    monitorId: 'search-index-utc',
    from: '2026-11-05T00:00Z',
    to: '2026-11-09T00:00Z',
    fate: { type: 'success', tookMs: 45 * MINUTE_MS },
  },
  {
    monitorId: 'thumbnails-utc',
    from: '2026-11-02T09:00Z',
    to: '2026-11-02T12:00Z',
    fate: fail('unknown image format', 1),
  },
  {
    monitorId: 'feeds-new_york',
    from: '2026-11-06T00:00Z',
    to: '2026-11-06T05:00Z',
    fate: fail('HTTP 503', 1),
  },
]

/** Who is paused when: planned maintenance of the ledgers, in which nothing runs, and one that was forgotten. */
export const PAUSES: readonly { readonly monitorId: string; readonly at: string; readonly until: string }[] =
  [
    { monitorId: 'ledger-berlin', at: '2026-10-30T20:00Z', until: '2026-10-31T08:00Z' },
    { monitorId: 'digest-new_york', at: '2026-11-01T00:00Z', until: '2026-11-04T00:00Z' },
  ]

/** The hours in which a data centre was away, and no job of New York ran. */
const OUTAGE = { from: Date.parse('2026-10-28T04:00Z'), to: Date.parse('2026-10-28T09:00Z') }

/** What becomes of the run of a slot. The same for the same slot, always: the chance in it is arithmetic. */
export function fateOf({ id, timezone }: MonitorDefinition, slot: number): Fate {
  if (timezone === 'America/New_York' && slot >= OUTAGE.from && slot < OUTAGE.to) return NEVER
  const paused = PAUSES.find((pause) => pause.monitorId === id && id.startsWith('ledger'))
  if (paused !== undefined && slot >= Date.parse(paused.at) && slot < Date.parse(paused.until)) return NEVER
  const trouble = TROUBLES.find(
    ({ monitorId, from, to }) => monitorId === id && slot >= Date.parse(from) && slot < Date.parse(to),
  )
  if (trouble !== undefined) return trouble.fate
  // A run takes three minutes, give or take one; one of eight thumbnails fails.
  const dice = Math.abs(Math.imul(slot / 1_000 + id.length * 7_919, 2_654_435_761) >> 8) % 1_000
  if (id.startsWith('thumbnails') && dice < 125) return fail('unknown image format', 1)
  const tookMs = (2 + (dice / 1_000) * 2) * MINUTE_MS
  return { type: 'success', tookMs: Math.round(tookMs), meta: { records: 100 + dice, invoices: 1 + dice } }
}

/** From here to there: four weeks, in which the clocks change in Berlin on 25 October and in New York on 1 November. */
export const MONTH: { readonly from: number; readonly to: number } = {
  from: Date.parse('2026-10-12T00:00Z'),
  to: Date.parse('2026-10-12T00:00Z') + 28 * 24 * HOUR_MS,
}
