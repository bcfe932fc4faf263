import type { MockServer } from '@crontify/mock-server'
import { expect, it } from 'vitest'
import { accepted, startServer } from './server.ts'

/** One job for each item of the checklist that a service can see. */
const monitors = [
  { id: 'backup', schedule: '0 2 * * *', graceSeconds: 600 },
  { id: 'ledger', schedule: '0 3 * * *', graceSeconds: 600, maxDurationSeconds: 1_800 },
  {
    id: 'sync',
    schedule: '0 * * * *',
    graceSeconds: 600,
    rules: [{ field: 'records_processed', operator: 'eq', threshold: 0 }],
  },
  { id: 'report', schedule: '*/30 * * * *', graceSeconds: 300, maxDurationSeconds: 3_600 },
  {
    id: 'index',
    schedule: '15 * * * *',
    graceSeconds: 600,
    maxDurationSeconds: 5_400,
    rules: [{ field: 'duration_ms', operator: 'gt', threshold: 2_700_000 }],
  },
] as const

interface Deed {
  /** Minutes after midnight. */
  readonly minute: number
  readonly monitor: string
  readonly kind: 'start' | 'success'
  readonly meta?: Readonly<Record<string, number>>
}

const run = (
  monitor: string,
  minute: number,
  minutes: number,
  meta?: Readonly<Record<string, number>>,
): readonly Deed[] => [
  { minute, monitor, kind: 'start' },
  { minute: minute + minutes, monitor, kind: 'success', ...(meta === undefined ? {} : { meta }) },
]

/** Tuesday: what each job does, on time and well unless a comment says otherwise. */
const deeds: readonly Deed[] = [
  // 1. The backup does not run.
  // 2. The ledger starts and ends only after an hour.
  ...run('ledger', 180, 60),
  // 5. The sync succeeds without records from 06:00 to 08:00.
  ...Array.from({ length: 24 }, (_, hour) =>
    run('sync', hour * 60, 2, { records_processed: hour >= 6 && hour <= 8 ? 0 : 1_200 }),
  ).flat(),
  // 6. The report of 10:00 is still running when an operator starts it again at 10:10; at 12:00 it takes 45 minutes, over a slot.
  ...Array.from({ length: 48 }, (_, half) => half)
    .filter((half) => half !== 20 && half !== 24 && half !== 25)
    .flatMap((half) => run('report', half * 30, 3)),
  { minute: 600, monitor: 'report', kind: 'start' },
  ...run('report', 610, 5),
  ...run('report', 720, 45),
  // 7. The index takes ten minutes until noon; at 13:15 it takes 25, at 14:15 it takes 50.
  ...Array.from({ length: 24 }, (_, hour) => {
    const minutes = hour === 13 ? 25 : hour === 14 ? 50 : 10
    return run('index', hour * 60 + 15, minutes, { duration_ms: minutes * 60_000 })
  }).flat(),
]

async function play(server: MockServer): Promise<void> {
  // Just before midnight each job has run once, so each can miss runs.
  for (const { id } of monitors)
    await accepted(server, id, 'success', { meta: { records_processed: 1, duration_ms: 1 } })
  await server.advance('2m')
  let minute = 0
  for (const deed of deeds.toSorted((one, other) => one.minute - other.minute)) {
    await server.advance((deed.minute - minute) * 60_000)
    minute = deed.minute
    await accepted(server, deed.monitor, deed.kind, deed.meta === undefined ? {} : { meta: deed.meta })
  }
  await server.advance((1_440 - minute) * 60_000 - 1)
}

it('plays a day of the checklist, and alerts on what an operator wants to hear of', async () => {
  const server = await startServer({
    startAt: '2026-01-05T23:58:00Z',
    monitors,
    rateLimitPerMinute: Infinity,
  })

  await play(server)

  expect(
    server
      .alerts()
      .map(({ at, monitorId, severity, type }) => [at.slice(11, 16), monitorId, severity, type].join(' ')),
  ).toEqual([
    // 1. Nothing came by 02:00 and ten minutes. It does not run later, so nothing recovers.
    '02:10 backup critical missed',
    // 2. Open for longer than thirty minutes; the late end is the recovery, and not slow.
    '03:31 ledger critical hung',
    '04:00 ledger info recovery',
    // 5. Each run that did nothing, and the first that did something again.
    '06:02 sync warning silent_failure',
    '07:02 sync warning silent_failure',
    '08:02 sync warning silent_failure',
    '09:02 sync info recovery',
    // 6. Two runs at once. The long run of 12:00 is within its limit, so the slot of 12:30 is skipped; it is slow, though.
    '10:10 report warning overlapped',
    '12:45 report warning slow',
    // 7. Slow before it breaks the rule; then the rule.
    '13:40 index warning slow',
    '15:05 index warning silent_failure',
    '15:05 index warning slow',
    '15:25 index info recovery',
  ])
  expect(server.explain('report')).toContain('slot   2026-01-06T12:30:00.000Z skipped: still running')
})
