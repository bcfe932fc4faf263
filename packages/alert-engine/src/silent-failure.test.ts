import { expect, it } from 'vitest'
import { instantOf, scenario } from '../test/scenario.ts'
import { scheduleAware } from './semantics.ts'

const settings = { rules: [{ field: 'records', operator: 'eq', threshold: 0 }] } as const

// [I]
it('remembers which rule matched, since when and how many runs in a row', () => {
  const story = scenario(settings).success({ records: 0 }).at('2026-01-05T01:00:00Z').success({ records: 0 })

  expect(story.state).toMatchObject({
    status: 'active',
    silent: { rules: [{ field: 'records', value: 0 }], since: instantOf('2026-01-05T00:00:00Z'), runs: 2 },
  })
})

it('recovers with the first run that matches no rule', () => {
  const story = scenario(settings)
    .success({ records: 0 })
    .at('2026-01-05T01:00:00Z')
    .success({ records: 0 })
    .at('2026-01-05T02:00:00Z')
    .success({ records: 5 })
    .success({ records: 5 })

  expect(story.alerts.map(({ type }) => type)).toEqual(['silent_failure', 'silent_failure', 'recovery'])
  expect(story.alerts[2]).toMatchObject({
    severity: 'info',
    message: 'job does its work again: 2 runs had matched a rule in 2 h, since 2026-01-05 00:00 UTC',
    details: { silentRuns: 2, outageMs: 7_200_000 },
  })
  expect(story.state).toMatchObject({ silent: null })
})

it('does not recover in a definition or under semantics without recoveries', () => {
  const quiet = scenario({ ...settings, recovery: false })
    .success({ records: 0 })
    .success({ records: 1 })
  const quieter = scenario(settings, { ...scheduleAware, recoveryAlerts: false })
    .success({ records: 0 })
    .success({ records: 1 })

  expect(quiet.alerts).toHaveLength(1)
  expect(quieter.alerts).toHaveLength(1)
})

it('keeps the state over a failed run, which says nothing about the rules', () => {
  const story = scenario(settings).success({ records: 0 }).fail()

  expect(story.state).toMatchObject({ status: 'failing', silent: { runs: 1 } })
})

it('sends one recovery where an outage ends too', () => {
  const story = scenario(settings).success({ records: 0 }).fail().success({ records: 1 })

  expect(story.alerts.filter(({ type }) => type === 'recovery')).toMatchObject([
    { message: expect.stringContaining('works again') },
  ])
})
