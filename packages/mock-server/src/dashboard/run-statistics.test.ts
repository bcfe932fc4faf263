import { expect, it } from 'vitest'
import type { MockRun } from '../mock-records.ts'
import { percentile95, RECENT_DURATIONS, runStatistics } from './run-statistics.ts'

const run = (status: MockRun['status'], durationMs?: number): MockRun => ({
  runId: 'r',
  monitorId: 'job',
  status,
  ...(durationMs === undefined ? {} : { durationMs }),
})

it('counts every run that is over, and as good only successes', () => {
  const runs = [
    run('success', 10),
    run('failed', 20),
    run('missed'),
    run('hung'),
    run('overlapped'),
    run('running'),
  ]

  expect(runStatistics(runs)).toMatchObject({ ended: 5, succeeded: 1, p95Ms: 10, recentMs: [10] })
  expect(runStatistics(runs).last).toEqual({ status: 'running' })
})

it('says nothing of durations where none was measured', () => {
  expect(runStatistics([run('success')])).toEqual({
    ended: 1,
    succeeded: 1,
    matched: 0,
    recentMs: [],
    last: { status: 'success' },
  })
  expect(runStatistics([])).toEqual({ ended: 0, succeeded: 0, matched: 0, recentMs: [] })
})

it('shows the last durations only, and reckons with all', () => {
  const runs = Array.from({ length: 100 }, (_, index) => run('success', 100 - index))

  expect(runStatistics(runs)).toMatchObject({ p95Ms: 95 })
  expect(runStatistics(runs).recentMs).toEqual(
    Array.from({ length: RECENT_DURATIONS }, (_, index) => RECENT_DURATIONS - index),
  )
})

it.each([
  [[], undefined],
  [[7], 7],
  [[3, 1, 2], 3],
  [Array.from({ length: 20 }, (_, index) => index + 1), 19],
  [Array.from({ length: 21 }, (_, index) => index + 1), 20],
])('finds the 95th percentile of %j', (values, expected) => {
  expect(percentile95(values)).toBe(expected)
})
