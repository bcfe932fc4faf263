import { expect, it } from 'vitest'
import { instantOf, scenario } from '../test/scenario.ts'
import { documentedLiteral } from './semantics.ts'

const daily = { schedule: '0 9 * * *', graceSeconds: 300 }

// [D MON, the loop]
it.each([
  ['2026-01-05T09:05:00.000Z', 0],
  ['2026-01-05T09:05:00.001Z', 1],
])(
  'misses a run once the last ping is longer ago than the grace period: swept at %s, %d alerts',
  (at, alerts) => {
    const story = scenario(daily, documentedLiteral).at('2026-01-05T09:00:00Z').success().at(at).sweep()

    expect(story.alerts).toHaveLength(alerts)
  },
)

// [D MON, the loop]
it('does not look at the schedule', () => {
  const story = scenario({ schedule: '0 0 1 1 *', graceSeconds: 60 }, documentedLiteral)
    .at('2026-01-05T09:00:00Z')
    .success()
    .at('2026-01-05T09:02:00Z')
    .sweep()

  expect(story.alerts).toMatchObject([
    {
      type: 'missed',
      message:
        'job did not run: nothing came within the grace period of 1 min after the last ping of 2026-01-05 09:00 UTC',
    },
  ])
  expect(story.runs[1]).toMatchObject({ expectedAt: instantOf('2026-01-05T09:01:00Z') })
})

// [D MON, the loop]
it('looks at active monitors only, so that one silence makes one run and one alert', () => {
  const story = scenario(daily, documentedLiteral)
    .at('2026-01-05T09:00:00Z')
    .success()
    .sweepUntil('2026-01-06T09:00:00Z')

  expect(story.runs.map(({ status }) => status)).toEqual(['success', 'missed'])
  expect(story.alerts.map(({ type }) => type)).toEqual(['missed'])
})

// [D MON, the loop]
it('does not add silence to a failure', () => {
  const story = scenario(daily, documentedLiteral).success().fail().sweepUntil('2026-01-06T09:00:00Z')

  expect(story.alerts.map(({ type }) => type)).toEqual(['failure'])
})

// [D MON; which ping is meant is ?]
it('waits for the first success before it looks', () => {
  const story = scenario({ ...daily, maxDurationSeconds: 864_000 }, documentedLiteral)
    .start()
    .sweepUntil('2026-01-05T01:00:00Z')
    .success()
    .sweepUntil('2026-01-05T02:00:00Z')

  expect(story.alerts.map(({ type }) => type)).toEqual(['missed'])
})

// [D PINGS]
it('lets a start begin the window anew', () => {
  const story = scenario(daily, documentedLiteral)
    .at('2026-01-05T09:00:00Z')
    .success()
    .at('2026-01-05T09:04:00Z')
    .start()
    .at('2026-01-05T09:09:00Z')
    .sweep()

  expect(story.alerts).toEqual([])
})

it('looks again after the recovery', () => {
  const story = scenario(daily, documentedLiteral)
    .success()
    .sweepUntil('2026-01-05T01:00:00Z')
    .success()
    .sweepUntil('2026-01-05T02:00:00Z')

  expect(story.alerts.map(({ type }) => type)).toEqual(['missed', 'recovery', 'missed'])
})
