import { expect, it } from 'vitest'
import { instantOf, scenario } from '../test/scenario.ts'

it('remembers what an outage began with, and counts its runs', () => {
  const story = scenario({ schedule: '0 * * * *' })
    .at('2026-01-05T01:00:00Z')
    .fail({ errorMessage: 'disk full' })
    .sweepUntil('2026-01-05T03:30:00Z')

  expect(story.state).toMatchObject({
    status: 'failing',
    failingSince: instantOf('2026-01-05T01:00:00Z'),
    failedRuns: 3,
    cause: { type: 'failure', runId: 'run-1', message: 'job failed at 2026-01-05 01:00 UTC: disk full' },
  })
})

it('has another cause after a recovery', () => {
  const story = scenario({ maxDurationSeconds: 60 })
    .fail()
    .success()
    .start()
    .at('2026-01-05T00:05:00Z')
    .sweep()

  expect(story.state).toMatchObject({ failedRuns: 1, cause: { type: 'hung', runId: 'run-3' } })
})
