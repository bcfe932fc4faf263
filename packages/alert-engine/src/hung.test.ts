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
it('closes a hung run with its duration at its late end, which ends the outage', () => {
  const story = scenario({ maxDurationSeconds: 60 })
    .at('2026-01-05T02:00:00Z')
    .start()
    .sweepUntil('2026-01-05T02:10:00Z')
    .success()

  expect(story.runs).toMatchObject([
    { status: 'hung', runId: 'run-1' },
    { status: 'success', runId: 'run-1', startedAt: instantOf('2026-01-05T02:00:00Z'), durationMs: 600_000 },
  ])
  expect(story.alerts.map(({ type }) => type)).toEqual(['hung', 'recovery'])
  expect(story.state).toMatchObject({ status: 'active', hungRun: null, memory: { durations: [600_000] } })
})

it('closes a hung run as failed at a late fail', () => {
  const story = scenario({ maxDurationSeconds: 60 }).start().at('2026-01-05T00:05:00Z').sweep().fail()

  expect(story.runs).toMatchObject([
    { status: 'hung' },
    { status: 'failed', runId: 'run-1', durationMs: 300_000 },
  ])
  expect(story.alerts.map(({ type }) => type)).toEqual(['hung', 'failure'])
})

it('takes an end for that of the newer run where one has started since', () => {
  const story = scenario({ maxDurationSeconds: 60 })
    .start()
    .at('2026-01-05T00:05:00Z')
    .sweep()
    .start()
    .success()

  expect(story.runs).toMatchObject([
    { runId: 'run-1', status: 'hung' },
    { runId: 'run-2', status: 'success' },
  ])
})

function startsWithoutEnds(): ReturnType<typeof scenario> {
  const story = scenario({ schedule: '*/5 * * * *', graceSeconds: 60, maxDurationSeconds: 600 })
  for (let minute = 0; minute < 180; minute += 5) {
    const at = new Date(Date.UTC(2026, 0, 5, 0, minute))
    story
      .at(at.toISOString())
      .start()
      .sweepUntil(new Date(at.getTime() + 299_000).toISOString())
  }
  return story
}

// [I]
it('alerts once that nothing ends, however many newer starts come', () => {
  const story = startsWithoutEnds()
  const hung = story.alerts.filter(({ type }) => type === 'hung')

  expect(hung).toMatchObject([
    {
      severity: 'critical',
      at: instantOf('2026-01-05T00:11:00Z'),
      message:
        'job hangs: runs have started since 2026-01-05 00:00 UTC and none has ended in 11 min (limit 10 min)',
    },
  ])
  expect(story.state.status).toBe('failing')
})

it('alerts again after an end', () => {
  const story = startsWithoutEnds().at('2026-01-05T03:00:00Z').success()
  story.at('2026-01-05T03:05:00Z').start().sweepUntil('2026-01-05T03:30:00Z')

  expect(story.alerts.filter(({ type }) => type === 'hung')).toHaveLength(2)
})

// [I]
it('misses no slot that comes up while a run is within its limit', () => {
  const story = scenario({ schedule: '*/5 * * * *', graceSeconds: 60, maxDurationSeconds: 1_800 })
    .start()
    .sweepUntil('2026-01-05T00:20:00Z')
    .success()

  expect(story.alerts).toEqual([])
  expect(story.runs.map(({ status }) => status)).toEqual(['success'])
  expect(story.skippedSlots).toEqual(
    ['00:05', '00:10', '00:15'].map((time) => instantOf(`2026-01-05T${time}:00Z`)),
  )
  expect(story.sweepUntil('2026-01-05T00:26:00Z').alerts).toMatchObject([
    { type: 'missed', details: { expectedAt: instantOf('2026-01-05T00:25:00Z') } },
  ])
})

it('misses slots again once the run has hung', () => {
  const story = scenario({ schedule: '*/5 * * * *', graceSeconds: 60, maxDurationSeconds: 720 })
    .start()
    .sweepUntil('2026-01-05T00:16:00Z')

  expect(story.alerts).toMatchObject([
    { type: 'hung', at: instantOf('2026-01-05T00:13:00Z') },
    { type: 'missed', details: { expectedAt: instantOf('2026-01-05T00:15:00Z') } },
  ])
})
