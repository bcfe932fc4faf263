import { expect, it } from 'vitest'
import { type Scenario, scenario } from '../test/scenario.ts'

const thumbnails = { failureRate: { above: 0.5, window: 10, minimumRuns: 4 } }

/** `s` succeeds, `f` fails, one minute apart. */
function runs(story: Scenario, kinds: string, from = 0): Scenario {
  for (const [index, kind] of [...kinds].entries()) {
    story.at(new Date(Date.UTC(2026, 0, 5, 0, from + index)).toISOString())
    if (kind === 'f') story.fail({ errorMessage: `error ${index + 1}`, logOutput: 'at resize' })
    else story.success()
  }
  return story
}

const types = ({ alerts }: Scenario): string[] => alerts.map(({ type }) => type)

// [I] and the seed's fourth tier
it('says nothing of single failures, and does not call the monitor failing', () => {
  const story = runs(scenario(thumbnails), 'sfsfsfsf')

  expect(story.alerts).toEqual([])
  expect(story.state.status).toBe('active')
  expect(story.runs.filter(({ status }) => status === 'failed')).toHaveLength(4)
})

it.each([
  ['sfsf', []],
  ['sfff', ['failure_rate']],
  ['fff', []],
  ['ffff', ['failure_rate']],
])('alerts after %s: %j', (kinds, alerts) => {
  expect(types(runs(scenario(thumbnails), kinds))).toEqual(alerts)
})

it('alerts once, with the share and the last error, when the rate is passed', () => {
  const story = runs(scenario(thumbnails), 'sfffff')

  expect(story.state.status).toBe('failing')
  expect(story.alerts).toEqual([
    {
      type: 'failure_rate',
      severity: 'warning',
      monitorId: 'job',
      runId: 'run-4',
      at: Date.UTC(2026, 0, 5, 0, 3),
      message: 'job fails too often: 3 of the last 4 runs failed (limit 50%); the last one: error 4',
      details: {
        failedRuns: 3,
        runs: 4,
        share: 0.75,
        above: 0.5,
        errorMessage: 'error 4',
        logSnippet: 'at resize',
      },
    },
  ])
})

it('tells of the recovery when the rate is in bounds again, and alerts anew when it is passed again', () => {
  // 3 of 4, 3 of 5, then 3 of 6: a half is in bounds.
  const story = runs(scenario(thumbnails), 'sfffs')
  expect(story.state.status).toBe('failing')

  runs(story, 's', 5)
  expect(story.state.status).toBe('active')
  expect(story.alerts.at(-1)).toMatchObject({ type: 'recovery', details: { outageMs: 120_000 } })

  runs(story, 'f', 6)
  expect(types(story)).toEqual(['failure_rate', 'recovery', 'failure_rate'])
})

it('looks at no more runs than the window holds', () => {
  const story = runs(scenario({ failureRate: { above: 0.5, window: 4 } }), 'ssssssssssssff')
  expect(story.alerts).toEqual([])

  expect(types(runs(story, 'f', 14))).toEqual(['failure_rate'])
})

it('needs ten runs where the definition does not say, or a full window', () => {
  expect(types(runs(scenario({ failureRate: { above: 0.1, window: 50 } }), 'fffffffff'))).toEqual([])
  expect(types(runs(scenario({ failureRate: { above: 0.1, window: 50 } }), 'ffffffffff'))).toHaveLength(1)
  expect(types(runs(scenario({ failureRate: { above: 0.1, window: 3 } }), 'fff'))).toHaveLength(1)
})

it('still alerts on hung and missed runs, and one success ends those', () => {
  const story = scenario({ ...thumbnails, everySeconds: 3_600, graceSeconds: 0 })
    .at('2026-01-05T00:00:00Z')
    .success()
    .at('2026-01-05T01:00:00Z')
    .sweep()
    .at('2026-01-05T01:01:00Z')
    .fail()
  expect(story.state.status).toBe('failing')

  expect(types(story.at('2026-01-05T01:02:00Z').success())).toEqual(['missed', 'recovery'])
})

it('counts runs in a pause, and tells of a rate that was passed in it at the next failure', () => {
  const story = runs(scenario(thumbnails).pause(), 'ffff')
  expect(story.alerts).toEqual([])

  runs(story.resume(), 'f', 4)
  expect(story.alerts).toMatchObject([{ type: 'failure_rate', details: { runs: 5 } }])
})

it('keeps no runs for a monitor without a rate', () => {
  expect(runs(scenario(), 'sf').state).toMatchObject({ memory: { failures: [] } })
})
