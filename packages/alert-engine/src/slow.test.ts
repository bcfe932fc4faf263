import { expect, it } from 'vitest'
import { dailyRuns } from '../test/daily-runs.ts'
import { scenario } from '../test/scenario.ts'

const usual = (runs: number): number[] => Array<number>(runs).fill(100)
const types = ({ alerts }: { readonly alerts: readonly { readonly type: string }[] }): string[] =>
  alerts.map(({ type }) => type)

// [D PINGS, RUNS]; the numbers [I]
it.each([
  [200, []],
  [200.001, ['slow']],
])('finds a run of %d s slow only above twice the mean of 100 s', (seconds, alerts) => {
  expect(types(dailyRuns([...usual(10), seconds]))).toEqual(alerts)
})

// [I]
it.each([
  [9, []],
  [10, ['slow']],
])('compares with %d runs before it: %j', (runs, alerts) => {
  expect(types(dailyRuns([...usual(runs), 1_000]))).toEqual(alerts)
})

// [D RUNS]
it('flags the run, which stays a success, and the monitor stays active', () => {
  const story = dailyRuns([...usual(10), 300])

  expect(story.runs.at(-1)).toMatchObject({ status: 'success', isDurationAnomaly: true, durationMs: 300_000 })
  expect(story.runs.at(-2)).not.toHaveProperty('isDurationAnomaly')
  expect(story.state.status).toBe('active')
  expect(story.alerts).toMatchObject([
    {
      type: 'slow',
      severity: 'warning',
      runId: 'run-11',
      message:
        'job is slow: the run that ended 2026-01-15 02:05 UTC took 5 min, usual is 1 min 40 s (the last 10 successes)',
      details: { durationMs: 300_000, usualMs: 100_000, usualRuns: 10, limitMs: 200_000 },
    },
  ])
})

// [I]
it('forgets runs older than the last thirty', () => {
  expect(dailyRuns([...usual(1).map(() => 100_000), ...usual(29), 300]).alerts).toEqual([])
  expect(types(dailyRuns([...usual(1).map(() => 100_000), ...usual(30), 300]))).toEqual(['slow'])
})

// [I]
it('learns from slow runs, so that a job that stays slow becomes the usual', () => {
  const story = dailyRuns([...usual(10), ...Array<number>(60).fill(300)])

  // The mean reaches 150 s with the fourth of the longer runs: 4 × 300 + 10 × 100 over 14 is 157.
  expect(story.alerts).toHaveLength(4)
})

it('never finds a run slow that has no duration, or that failed', () => {
  const story = dailyRuns(usual(10))
  story.at('2026-02-01T00:00:00Z').success()
  story.start().at('2026-02-01T01:00:00Z').fail()

  expect(types(story)).toEqual(['failure'])
})

// [I]
it('takes nothing below a second for slow', () => {
  expect(dailyRuns([...Array<number>(10).fill(0), 1]).alerts).toEqual([])
  expect(types(dailyRuns([...Array<number>(10).fill(0), 1.001]))).toEqual(['slow'])
})

it.each([
  [{ slow: false }, []],
  [{ slow: true }, ['slow']],
  [{ slow: { factor: 3 } }, []],
  [{ slow: { afterRuns: 12 } }, []],
  [{ slow: { factor: 2.9, afterRuns: 10, window: 10 } }, ['slow']],
])('lets the definition %j decide over a run of three times the mean', (settings, alerts) => {
  expect(types(dailyRuns([...usual(11), 300], settings))).toEqual(alerts)
})

it('needs no more runs than a window of its own holds', () => {
  expect(types(dailyRuns([...usual(3), 300], { slow: { window: 3 } }))).toEqual(['slow'])
})

it('remembers durations over a pause, and alerts nothing in it', () => {
  const story = dailyRuns(usual(10)).pause()
  story.at('2026-02-01T00:00:00Z').start().at('2026-02-01T01:00:00Z').success()

  expect(story.alerts).toEqual([])
  expect(story.runs.at(-1)).toMatchObject({ isDurationAnomaly: true })

  story.resume().at('2026-02-02T00:00:00Z').start().at('2026-02-02T01:00:00Z').success()

  expect(story.alerts).toMatchObject([{ details: { usualRuns: 11 } }])
})

it('keeps nothing for a monitor whose durations are not compared', () => {
  expect(dailyRuns(usual(5), { slow: false }).state).toMatchObject({ memory: { durations: [] } })
  expect(scenario().start().success().state).toMatchObject({ memory: { durations: [0] } })
})
