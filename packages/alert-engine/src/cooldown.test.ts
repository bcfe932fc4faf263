import { describe, expect, it } from 'vitest'
import { type Scenario, scenario } from '../test/scenario.ts'
import { scheduleAware } from './semantics.ts'

const hour = { cooldownSeconds: 3_600 }

const told = ({ alerts }: Scenario): string[] =>
  alerts.map(({ type, suppressed }) => (suppressed === undefined ? type : `(${type}: ${suppressed.reason})`))

it('sends every alert where no cooldown is set', () => {
  expect(told(scenario().fail().fail())).toEqual(['failure', 'failure'])
})

// [I]
it.each([
  ['2026-01-05T00:59:59.999Z', '(failure: cooldown)'],
  ['2026-01-05T01:00:00.000Z', 'failure'],
])('after a failure of 00:00, takes one of %s for %s', (at, second) => {
  expect(told(scenario(hour).fail().at(at).fail())).toEqual(['failure', second])
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

it('counts from any alert where the semantics say so', () => {
  const story = scenario(hour, { ...scheduleAware, cooldownFrom: 'anyAlert' })
    .fail()
    .at('2026-01-05T00:30:00Z')
    .fail()
    .at('2026-01-05T01:15:00Z')
    .fail()

  expect(told(story)).toEqual(['failure', '(failure: cooldown)', '(failure: cooldown)'])
})

it('knows each type on its own', () => {
  const rules = [{ field: 'records', operator: 'eq', threshold: 0 }] as const
  const story = scenario({ ...hour, rules, recovery: false })
    .fail()
    .success({ records: 0 })
    .success({ records: 0 })

  expect(told(story)).toEqual(['failure', 'silent_failure', '(silent_failure: cooldown)'])
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

  expect(told(story.at(at).sweep()).filter((text) => text.includes('missed'))).toEqual(alerts)
})

it('suppresses overlaps as well', () => {
  expect(told(scenario(hour).start().start().start())).toEqual(['overlapped', '(overlapped: cooldown)'])
})

describe('a recovery', () => {
  it('is always told where its outage was', () => {
    const story = scenario(hour).fail().success().at('2026-01-05T00:30:00Z')

    expect(told(story)).toEqual(['failure', 'recovery'])
  })

  it('is suppressed where nothing was told of the outage', () => {
    expect(told(scenario(hour).fail().success().fail().success())).toEqual([
      'failure',
      'recovery',
      '(failure: cooldown)',
      '(recovery: outageNotTold)',
    ])
  })

  it('is suppressed where all of several failures were', () => {
    const story = scenario(hour).fail().success().fail().fail().success()

    expect(told(story).slice(2)).toEqual([
      '(failure: cooldown)',
      '(failure: cooldown)',
      '(recovery: outageNotTold)',
    ])
  })

  it('is told where the outage outlasts the cooldown', () => {
    const story = scenario(hour).fail().success().fail().at('2026-01-05T01:00:00Z').fail().success()

    expect(told(story).slice(2)).toEqual(['(failure: cooldown)', 'failure', 'recovery'])
  })

  it('cools down as well where the semantics say so', () => {
    const story = scenario({ cooldownSeconds: 60 }, { ...scheduleAware, recoveryIgnoresCooldown: false })
      .fail()
      .at('2026-01-05T00:00:59Z')
      .success()
      .at('2026-01-05T00:01:00Z')
      .fail()
      .at('2026-01-05T00:01:30Z')
      .success()

    expect(told(story)).toEqual(['failure', 'recovery', 'failure', '(recovery: cooldown)'])
  })
})

describe('a silence that begins in the cooldown of the one before', () => {
  const heartbeat = { ...hour, everySeconds: 600, graceSeconds: 0 }

  it('is recorded once, and told with the first slot after the cooldown', () => {
    const story = scenario(heartbeat)
      .success()
      .sweepUntil('2026-01-05T00:15:00Z')
      .success()
      .sweepUntil('2026-01-05T03:00:00Z')

    expect(told(story)).toEqual(['missed', 'recovery', '(missed: cooldown)', 'missed'])
    expect(story.alerts.map(({ at }) => new Date(at).toISOString().slice(11, 16))).toEqual([
      '00:10',
      '00:15',
      '00:25',
      '01:15',
    ])
  })

  it('ends without a word where it ends in the cooldown', () => {
    const story = scenario(heartbeat)
      .success()
      .sweepUntil('2026-01-05T00:15:00Z')
      .success()
      .sweepUntil('2026-01-05T00:30:00Z')
      .success()

    expect(told(story).slice(2)).toEqual(['(missed: cooldown)', '(recovery: outageNotTold)'])
  })
})

it('tells of a failure rate when the cooldown is over and the rate still too high', () => {
  const story = scenario({ ...hour, failureRate: { above: 0, window: 1 } })
    .fail()
    .success()
    .fail()
    .fail()
    .at('2026-01-05T01:00:00Z')
    .fail()
    .fail()
    .success()

  expect(told(story)).toEqual([
    'failure_rate',
    'recovery',
    '(failure_rate: cooldown)',
    '(failure_rate: cooldown)',
    'failure_rate',
    'recovery',
  ])
})

it('begins no cooldown while paused', () => {
  const story = scenario(hour).success().pause().fail().resume().fail()

  expect(told(story)).toEqual(['failure'])
})

it('takes a failure in a pause for untold, also where the outage had begun before', () => {
  const story = scenario(hour).fail().success().fail().pause()
  story.at('2026-01-05T02:00:00Z').fail().resume().success()

  expect(told(story).slice(2)).toEqual(['(failure: cooldown)', '(recovery: outageNotTold)'])
})
