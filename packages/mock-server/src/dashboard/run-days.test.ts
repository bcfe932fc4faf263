import { expect, it } from 'vitest'
import type { MockRun } from '../mock-records.ts'
import { runDays } from './run-days.ts'

const run = (fields: Partial<MockRun>): MockRun => ({
  runId: 'r',
  monitorId: 'job',
  status: 'success',
  ...fields,
})

it('puts every run on its day, a missed one on the day it was expected', () => {
  const runs = [
    run({ startedAt: '2026-01-03T23:59:59.999Z', endedAt: '2026-01-04T00:10:00.000Z' }),
    run({ status: 'missed', expectedAt: '2026-01-04T00:00:00.000Z' }),
    run({ status: 'failed', endedAt: '2026-01-05T00:00:00.000Z' }),
    run({ startedAt: '2026-01-05T23:00:00.000Z' }),
    run({}),
  ]

  expect(runDays(runs, '2026-01-05T23:30:00.000Z', 3)).toEqual([
    { day: '2026-01-03', counts: { success: 1 }, total: 1 },
    { day: '2026-01-04', counts: { missed: 1 }, total: 1 },
    { day: '2026-01-05', counts: { failed: 1, success: 1 }, total: 2 },
  ])
})

it('leaves out what is older, or of a clock that was ahead', () => {
  const runs = [
    run({ startedAt: '2026-01-01T00:00:00.000Z' }),
    run({ startedAt: '2026-01-06T00:00:00.000Z' }),
  ]

  expect(runDays(runs, '2026-01-05T00:00:00.000Z', 3).map(({ total }) => total)).toEqual([0, 0, 0])
})
