import { expect, it } from 'vitest'
import type { MockRun } from '@crontify/mock-server/dashboard-data'
import { durationPoints, durationScale, successP95, timeScale } from './duration-points.ts'
import { durationTrend } from './duration-trend.ts'

const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 1)

/** One run a day, each of so many seconds. */
function daily(seconds: readonly number[], status: MockRun['status'] = 'success'): MockRun[] {
  return seconds.map((count, day) => ({
    runId: `run-${day}`,
    monitorId: 'job',
    status,
    startedAt: new Date(START + day * DAY_MS).toISOString(),
    endedAt: new Date(START + day * DAY_MS + count * 1_000).toISOString(),
    ...(status === 'hung' ? {} : { durationMs: count * 1_000 }),
  }))
}
const trend = (seconds: readonly number[]): string => durationTrend(durationPoints(daily(seconds)))
const days = (count: number, seconds: (day: number) => number): number[] =>
  Array.from({ length: count }, (_, day) => seconds(day))

it.each([
  [
    'ten times slower',
    days(31, (day) => (day < 15 ? 60 : 600)),
    '10 times slower than 30 days ago: 10 min, then 1 min.',
  ],
  [
    'faster',
    days(31, (day) => (day < 15 ? 600 : 60)),
    '10 times faster than 30 days ago: 1 min, then 10 min.',
  ],
  [
    'a little slower',
    days(31, (day) => 60 + day / 10),
    'About as long as 30 days ago: 1 min 3 s, then 1 min.',
  ],
  ['equal', days(31, () => 60), 'As long as 30 days ago: 1 min.'],
  ['one odd run at the end', days(31, (day) => (day === 30 ? 6_000 : 60)), 'As long as 30 days ago: 1 min.'],
  ['only the last 30 days', days(90, (day) => (day < 45 ? 60 : 600)), 'As long as 31 days ago: 10 min.'],
  ['from zero', days(31, (day) => (day < 15 ? 0 : 60)), 'Slower than 30 days ago: 1 min, then 0 ms.'],
  ['zeros', days(31, () => 0), 'As long as 30 days ago: 0 ms.'],
  ['five runs', days(5, () => 60), 'Too few successful runs for a trend: it needs 6.'],
  ['none', [], 'Too few successful runs for a trend: it needs 6.'],
])('gives the trend in a sentence: %s', (_, seconds, sentence) => {
  expect(trend(seconds)).toBe(sentence)
})

it('measures a hung run by the time that it was open, and leaves it out of p95 and trend', () => {
  const points = durationPoints([...daily([60, 60]), ...daily([7_200], 'hung')])

  expect(points.map(({ look, ms }) => [look, ms])).toEqual([
    ['success', 60_000],
    ['hung', 7_200_000],
    ['success', 60_000],
  ])
  expect(successP95(points)).toBe(60_000)
})

it('leaves out runs without a known time', () => {
  expect(
    durationPoints([
      { runId: 'a', monitorId: 'job', status: 'missed', expectedAt: '2026-01-01T00:00:00.000Z' },
      { runId: 'b', monitorId: 'job', status: 'running', startedAt: '2026-01-01T00:00:00.000Z' },
      { runId: 'c', monitorId: 'job', status: 'success', endedAt: '2026-01-01T00:00:00.000Z' },
    ]),
  ).toEqual([])
})

it.each([
  ['a limit in reach is part of the scale', [100], 150_000, 165_000, false],
  ['a distant limit is above it', [100], 150_001, 110_000, true],
  ['zero durations have a scale', [0, 0], undefined, 11, false],
] as const)('fills the scale with the runs: %s', (_, seconds, limitMs, topMs, isLimitAbove) => {
  const scale = durationScale(durationPoints(daily(seconds)), limitMs)

  expect(Math.round(scale.topMs)).toBe(topMs)
  expect(scale.isLimitAbove).toBe(isLimitAbove)
})

it('puts a single run in the middle', () => {
  const [first, last] = timeScale(durationPoints(daily([0])))

  expect((first + last) / 2).toBe(START / 1_000)
  expect(last).toBeGreaterThan(first)
})
