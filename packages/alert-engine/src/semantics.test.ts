import { expect, it } from 'vitest'
import { type Scenario, scenario } from '../test/scenario.ts'
import { testAlert } from './alerts.ts'
import { documentedLiteral, scheduleAware, type Semantics } from './semantics.ts'

const emptyRun = {
  rules: [
    { field: 'records', operator: 'eq', threshold: 0 },
    { field: 'errors', operator: 'gt', threshold: 0 },
  ],
} as const

// [D CHAN] for failure and missed, the rest [I]
it('has a severity for every type of alert', () => {
  expect(scheduleAware.severities).toEqual({
    failure: 'critical',
    missed: 'critical',
    hung: 'critical',
    overlapped: 'warning',
    silent_failure: 'warning',
    slow: 'warning',
    failure_rate: 'warning',
    recovery: 'info',
    test: 'info',
  })
  expect(documentedLiteral.severities).toBe(scheduleAware.severities)
})

it('takes the severity of an alert from there', () => {
  const semantics: Semantics = {
    ...scheduleAware,
    severities: { ...scheduleAware.severities, failure: 'warning', test: 'critical' },
  }

  expect(scenario({}, semantics).fail().alerts).toMatchObject([{ severity: 'warning' }])
  expect(testAlert({ id: 'ops' }, 0, semantics).severity).toBe('critical')
})

it('makes a test alert that names its channel and no monitor', () => {
  expect(testAlert({ id: 'ops', name: 'Ops' }, Date.UTC(2026, 0, 5), scheduleAware)).toEqual({
    type: 'test',
    severity: 'info',
    at: Date.UTC(2026, 0, 5),
    message: 'This is a test of the channel Ops, sent at 2026-01-05 00:00 UTC. Nothing is wrong',
    details: { channelId: 'ops' },
  })
})

// [?]
it('alerts once for all rules that match, or once for each', () => {
  const matching = (semantics: Semantics) =>
    scenario(emptyRun, semantics)
      .success({ records: 0, errors: 1 })
      .alerts.map(({ details }) => ('rules' in details ? details.rules.map(({ field }) => field) : []))

  expect(matching(scheduleAware)).toEqual([['records', 'errors']])
  expect(matching({ ...scheduleAware, silentFailureAlerts: 'oneForEach' })).toEqual([['records'], ['errors']])
})

// [D RULES] speaks of successes; [?] for failures
it('looks at rules when a run fails only where the semantics say so', () => {
  const types = (semantics: Semantics) =>
    scenario(emptyRun, semantics)
      .fail({ meta: { records: 0 } })
      .alerts.map(({ type }) => type)

  expect(types(scheduleAware)).toEqual(['failure'])
  expect(types({ ...scheduleAware, rulesOnFail: true })).toEqual(['failure', 'silent_failure'])
})

// [D PINGS] names the start, "last ping" of [D MON] any
it('ends a silence with any ping, or with a start only', () => {
  const heartbeat = { everySeconds: 600, graceSeconds: 0 }
  const alerts = (semantics: Semantics) =>
    scenario(heartbeat, semantics)
      .start()
      .success()
      .at('2026-01-05T00:09:00Z')
      .success()
      .at('2026-01-05T00:10:00Z')
      .sweep().alerts

  expect(alerts(scheduleAware)).toEqual([])
  expect(alerts({ ...scheduleAware, silenceEndedBy: 'startPing' })).toMatchObject([{ type: 'missed' }])
})

// [I]
it('alerts on overlaps and recoveries unless the semantics say otherwise', () => {
  const quiet: Semantics = { ...scheduleAware, overlapAlerts: false, recoveryAlerts: false }

  expect(scenario().start().start().fail().success().alerts).toHaveLength(3)
  expect(scenario({}, quiet).start().start().fail().success().alerts).toMatchObject([{ type: 'failure' }])
})

// [D MON, RUNS]
it('takes the default grace period and the hung multiplier from there', () => {
  const hungAfter = (semantics: Semantics, at: string) =>
    scenario({}, semantics).start().at(at).sweep().alerts.length

  expect(hungAfter(scheduleAware, '2026-01-05T00:10:00.001Z')).toBe(1)
  expect(hungAfter({ ...scheduleAware, hungGraceMultiplier: 3 }, '2026-01-05T00:15:00.000Z')).toBe(0)
  expect(hungAfter({ ...scheduleAware, hungGraceMultiplier: 3 }, '2026-01-05T00:15:00.001Z')).toBe(1)
  expect(hungAfter({ ...scheduleAware, defaultGraceMs: 60_000 }, '2026-01-05T00:02:00.001Z')).toBe(1)
})

// [I]
it('ends an outage with a success only, or with a start as well', () => {
  const story = (semantics: Semantics) =>
    scenario({}, semantics).fail().at('2026-01-05T01:00:00Z').start().at('2026-01-05T02:00:00Z').success()
  const early: Semantics = { ...scheduleAware, outageEndedBy: 'startOrSuccessPing' }

  expect(story(scheduleAware).alerts).toMatchObject([
    { type: 'failure' },
    { type: 'recovery', details: { outageMs: 7_200_000 } },
  ])
  expect(story(early).alerts).toMatchObject([
    { type: 'failure' },
    { type: 'recovery', details: { outageMs: 3_600_000 }, runId: 'run-2' },
  ])
  expect(story(early).alerts.every(({ suppressed }) => suppressed === undefined)).toBe(true)
  expect(scenario({}, early).fail().start().state.status).toBe('active')
})

// [I]
it('does not end with a start what a failure rate has begun', () => {
  const early: Semantics = { ...scheduleAware, outageEndedBy: 'startOrSuccessPing' }
  const rated = { failureRate: { above: 0.1, window: 10 } }
  const story = Array.from({ length: 10 }).reduce<Scenario>((told) => told.fail(), scenario(rated, early))

  expect(story.start().state.status).toBe('failing')
  expect(story.alerts.map(({ type }) => type)).toEqual(['failure_rate'])
})

// [?]
it('takes an end without a start for a run, or only records it', () => {
  const recordOnly: Semantics = { ...scheduleAware, endWithoutStart: 'recordOnly' }
  const story = scenario(emptyRun, recordOnly).success({ records: 0 }).fail({ errorMessage: 'disk full' })

  expect(scenario(emptyRun).success({ records: 0 }).fail().alerts).toHaveLength(2)
  expect(story.alerts).toEqual([])
  expect(story.state.status).toBe('active')
  expect(story.runs).toMatchObject([
    { status: 'success', meta: { records: 0 } },
    { status: 'failed', errorMessage: 'disk full' },
  ])
  expect(scenario({}, recordOnly).start().fail().success().state.status).toBe('failing')
})

// [?]
it('lets an end that is only recorded end a silence', () => {
  const heartbeat = { everySeconds: 600, graceSeconds: 0 }
  const recordOnly: Semantics = { ...scheduleAware, endWithoutStart: 'recordOnly' }
  const story = scenario(heartbeat, recordOnly).success().at('2026-01-05T00:09:00Z').success()

  expect(story.at('2026-01-05T00:18:59Z').sweep().alerts).toEqual([])
  expect(story.at('2026-01-05T00:19:00Z').sweep().alerts).toMatchObject([{ type: 'missed' }])
})

// [?]
it('forgets failures in a pause, or resumes as failing', () => {
  const remembers: Semantics = { ...scheduleAware, failuresInPause: 'remembered' }
  const story = scenario({}, remembers).success().pause().fail().resume()

  expect(scenario().success().pause().fail().resume().state.status).toBe('active')
  expect(story.state.status).toBe('failing')
  expect(story.success().alerts).toMatchObject([
    { type: 'recovery', suppressed: { reason: 'outageNotTold' } },
  ])
})
