import { describe, expect, it } from 'vitest'
import { type Scenario, scenario } from '../test/scenario.ts'

const hour = { cooldownSeconds: 3_600 }

const alertsOf = ({ alerts }: Scenario): string[] =>
  alerts.map(({ type, suppressed }) => (suppressed === undefined ? type : `(${type}: ${suppressed.reason})`))

it('sends every alert where no cooldown is set', () => {
  expect(alertsOf(scenario().fail().fail())).toEqual(['failure', 'failure'])
})

// [I]
it.each([
  ['2026-01-05T00:59:59.999Z', '(failure: cooldown)'],
  ['2026-01-05T01:00:00.000Z', 'failure'],
])('after a failure of 00:00, takes one of %s for %s', (at, second) => {
  expect(alertsOf(scenario(hour).fail().at(at).fail())).toEqual(['failure', second])
})

it('says until when an alert is suppressed, and records it in full', () => {
  const story = scenario(hour).fail().at('2026-01-05T00:10:00Z').fail({ errorMessage: 'again' })

  expect(story.alerts[1]).toMatchObject({
    type: 'failure',
    severity: 'critical',
    message: 'job failed at 2026-01-05 00:10 UTC: again',
    suppressed: { reason: 'cooldown', untilAt: Date.UTC(2026, 0, 5, 1) },
  })
})

it('counts from the alert that was sent: a job that fails each minute is heard of each hour', () => {
  const story = scenario(hour)
  for (let minute = 0; minute <= 120; minute += 1) {
    story.at(new Date(Date.UTC(2026, 0, 5, 0, minute)).toISOString()).fail()
  }

  expect(story.alerts).toHaveLength(121)
  expect(story.alerts.filter(({ suppressed }) => suppressed === undefined).map(({ at }) => at)).toEqual(
    [0, 1, 2].map((hours) => Date.UTC(2026, 0, 5, hours)),
  )
})

it('knows each type on its own', () => {
  const rules = [{ field: 'records', operator: 'eq', threshold: 0 }] as const
  const story = scenario({ ...hour, rules, recovery: false })
    .fail()
    .success({ records: 0 })
    .success({ records: 0 })

  expect(alertsOf(story)).toEqual(['failure', 'silent_failure', '(silent_failure: cooldown)'])
})

// [I]
it.each([
  ['2026-01-05T01:09:59.999Z', ['missed', '(missed: cooldown)']],
  ['2026-01-05T01:10:00.000Z', ['missed', '(missed: cooldown)', 'missed']],
])('tells of a silence that it suppressed when it is over: swept at %s', (at, alerts) => {
  const story = scenario({ ...hour, everySeconds: 600, graceSeconds: 0 })
    .success()
    .at('2026-01-05T00:10:00Z')
    .sweep()
    .success()
    .at('2026-01-05T00:20:00Z')
    .sweep()

  expect(alertsOf(story.at(at).sweep()).filter((text) => text.includes('missed'))).toEqual(alerts)
})

it('suppresses overlaps as well', () => {
  expect(alertsOf(scenario(hour).start().start().start())).toEqual(['overlapped', '(overlapped: cooldown)'])
})

describe('a recovery', () => {
  it('is always sent where alerts of its outage were', () => {
    const story = scenario(hour).fail().success().at('2026-01-05T00:30:00Z')

    expect(alertsOf(story)).toEqual(['failure', 'recovery'])
  })

  it('is suppressed where no alert of the outage was sent', () => {
    expect(alertsOf(scenario(hour).fail().success().fail().success())).toEqual([
      'failure',
      'recovery',
      '(failure: cooldown)',
      '(recovery: outageNotNotified)',
    ])
  })

  it('is suppressed where all of several failures were', () => {
    const story = scenario(hour).fail().success().fail().fail().success()

    expect(alertsOf(story).slice(2)).toEqual([
      '(failure: cooldown)',
      '(failure: cooldown)',
      '(recovery: outageNotNotified)',
    ])
  })

  it('is sent where the outage outlasts the cooldown', () => {
    const story = scenario(hour).fail().success().fail().at('2026-01-05T01:00:00Z').fail().success()

    expect(alertsOf(story).slice(2)).toEqual(['(failure: cooldown)', 'failure', 'recovery'])
  })
})
