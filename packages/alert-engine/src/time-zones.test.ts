import { expect, it } from 'vitest'
import { instantOf, scenario } from '../test/scenario.ts'

const nightly = { schedule: '30 2 * * *', timezone: 'America/New_York', graceSeconds: 600 }

it('awaits a nightly run an hour later in UTC once New York has gone back to winter time', () => {
  const story = scenario(nightly)
    .at('2026-10-31T06:30:00Z')
    .success()
    .sweepUntil('2026-11-01T07:30:00Z')
    .success()
    .sweepUntil('2026-11-02T07:39:00Z')

  expect(story.alerts).toEqual([])
  expect(story.sweepUntil('2026-11-02T07:40:00Z').alerts).toMatchObject([
    {
      details: { expectedAt: instantOf('2026-11-02T07:30:00Z') },
      message:
        'job did not run: expected 2026-11-02 02:30 America/New_York (2026-11-02 07:30 UTC), ' +
        'nothing came within the grace period of 10 min',
    },
  ])
})

it('awaits a run at a time that a spring night skips right after the gap', () => {
  const story = scenario(nightly).at('2027-03-13T07:30:00Z').success().sweepUntil('2027-03-14T07:09:00Z')

  expect(story.alerts).toEqual([])
  expect(story.sweepUntil('2027-03-14T07:10:00Z').alerts).toMatchObject([
    { details: { expectedAt: instantOf('2027-03-14T07:00:00Z') } },
  ])
})

it('is content with a job that runs in each of both hours of an autumn night', () => {
  const story = scenario({ schedule: '0 * * * *', timezone: 'America/New_York', graceSeconds: 60 })
    .at('2026-11-01T04:00:00Z')
    .success()
  for (const hour of ['05', '06', '07']) story.sweepUntil(`2026-11-01T${hour}:00:00Z`).success()

  expect(story.alerts).toEqual([])
})

it('misses the second of the two hours where a scheduler skips it', () => {
  const story = scenario({ schedule: '0 * * * *', timezone: 'America/New_York', graceSeconds: 60 })
    .at('2026-11-01T04:00:00Z')
    .success()
    .sweepUntil('2026-11-01T05:00:00Z')
    .success()
    .sweepUntil('2026-11-01T07:00:00Z')
    .success()

  expect(story.alerts).toMatchObject([
    { type: 'missed', details: { expectedAt: instantOf('2026-11-01T06:00:00Z') } },
    { type: 'recovery' },
  ])
})
