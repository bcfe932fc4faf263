import { expect, it } from 'vitest'
import { instantOf, scenario } from '../test/scenario.ts'

// [D RUNS]
it.each([
  ['2026-01-05T02:10:00.000Z', 0],
  ['2026-01-05T02:10:00.001Z', 1],
])('takes twice the grace period for the limit: a run of 02:00 swept at %s gives %d alerts', (at, alerts) => {
  const story = scenario({ graceSeconds: 300 }).at('2026-01-05T02:00:00Z').start().at(at).sweep()

  expect(story.alerts).toHaveLength(alerts)
  expect(story.runs).toHaveLength(alerts)
})

// [D MON, RUNS]
it.each([
  ['2026-01-05T02:10:00.000Z', 0],
  ['2026-01-05T02:10:00.001Z', 1],
])('takes 300 s for a grace period that is not given: swept at %s, %d alerts', (at, alerts) => {
  expect(scenario().at('2026-01-05T02:00:00Z').start().at(at).sweep().alerts).toHaveLength(alerts)
})

// [I]
it.each([
  ['2026-01-05T02:45:00.000Z', 0],
  ['2026-01-05T02:45:00.001Z', 1],
])('lets a limit of its own stand in for the grace period: swept at %s, %d alerts', (at, alerts) => {
  const story = scenario({ graceSeconds: 60, maxDurationSeconds: 2_700 })
    .at('2026-01-05T02:00:00Z')
    .start()
    .at(at)
    .sweep()

  expect(story.alerts).toHaveLength(alerts)
})

// [D RUNS; type and severity I]
it('closes the run as hung, alerts critically and makes the monitor failing, dated by the sweep', () => {
  const story = scenario({ maxDurationSeconds: 2_700 })
    .at('2026-01-05T02:00:00Z')
    .start()
    .sweepUntil('2026-01-05T05:00:00Z')

  expect(story.runs).toEqual([
    {
      status: 'hung',
      runId: 'run-1',
      monitorId: 'job',
      startedAt: instantOf('2026-01-05T02:00:00Z'),
      endedAt: instantOf('2026-01-05T02:46:00Z'),
    },
  ])
  expect(story.alerts).toEqual([
    {
      type: 'hung',
      severity: 'critical',
      monitorId: 'job',
      runId: 'run-1',
      at: instantOf('2026-01-05T02:46:00Z'),
      message: 'job hangs: started 2026-01-05 02:00 UTC, no end after 46 min (limit 45 min)',
      details: { startedAt: instantOf('2026-01-05T02:00:00Z'), openMs: 2_760_000, limitMs: 2_700_000 },
    },
  ])
  expect(story.state.status).toBe('failing')
})

// [D RUNS]
it('looks at open runs only', () => {
  expect(scenario().start().success().sweepUntil('2026-01-06T00:00:00Z').alerts).toEqual([])
})

// [I]
it('takes the late end of a hung run for a run without a duration, and for the recovery', () => {
  const story = scenario({ maxDurationSeconds: 60 })
    .at('2026-01-05T02:00:00Z')
    .start()
    .sweepUntil('2026-01-05T02:10:00Z')
    .success()

  expect(story.runs).toMatchObject([{ status: 'hung' }, { status: 'success', runId: 'run-2' }])
  expect(story.runs[1]).not.toHaveProperty('durationMs')
  expect(story.alerts.map(({ type }) => type)).toEqual(['hung', 'recovery'])
})
