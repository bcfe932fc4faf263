import { expect, it } from 'vitest'
import { instantOf, scenario } from '../test/scenario.ts'

// [D PINGS]
it('opens a run', () => {
  const story = scenario().at('2026-01-05T02:00:00Z').start()

  expect(story.opened).toEqual([
    { status: 'running', runId: 'run-1', monitorId: 'job', startedAt: instantOf('2026-01-05T02:00:00Z') },
  ])
  expect(story.runs).toEqual([])
  expect(story.alerts).toEqual([])
})

// [D MON]
it('makes a waiting monitor active', () => {
  expect(scenario().state.status).toBe('waiting')
  expect(scenario().start().state.status).toBe('active')
})

// [D PINGS, RUNS]
it('closes the run that is still open as overlapped, and opens a new one', () => {
  const story = scenario().at('2026-01-05T02:00:00Z').start().at('2026-01-05T03:00:00Z').start()

  expect(story.runs).toEqual([
    {
      status: 'overlapped',
      runId: 'run-1',
      monitorId: 'job',
      startedAt: instantOf('2026-01-05T02:00:00Z'),
      endedAt: instantOf('2026-01-05T03:00:00Z'),
    },
  ])
  expect(story.opened.map(({ runId }) => runId)).toEqual(['run-1', 'run-2'])
})

// [I]
it('warns of an overlap, naming the run that was closed and the one that has begun', () => {
  const story = scenario().at('2026-01-05T02:00:00Z').start().at('2026-01-05T03:00:00Z').start()

  expect(story.alerts).toMatchObject([
    {
      type: 'overlapped',
      severity: 'warning',
      runId: 'run-1',
      details: { openMs: 3_600_000, newRunId: 'run-2' },
      message:
        'job overlaps itself: the run of 2026-01-05 02:00 UTC had not ended after 1 h when the next one started',
    },
  ])
})

// [D MON, by absence]
it('leaves an active monitor active when a run overlaps', () => {
  expect(scenario().start().start().state.status).toBe('active')
})

// [I]
it('does not end an outage: a start shows life, not success', () => {
  expect(scenario().fail().start().state.status).toBe('failing')
})
