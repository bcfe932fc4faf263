import { expect, it } from 'vitest'
import { scenario } from '../test/scenario.ts'
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
