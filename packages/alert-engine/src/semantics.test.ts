import { expect, it } from 'vitest'
import { scenario } from '../test/scenario.ts'
import { testAlert } from './alerts.ts'
import { documentedLiteral, scheduleAware, type Semantics } from './semantics.ts'
import { SEVERITY_OF } from './service-rules.ts'

it('differs between the two readings in what a missed run is, and in nothing else', () => {
  expect(Object.keys(scheduleAware)).toEqual(['missedBy', 'armedBy', 'missedWhileFailing', 'recoveryAlerts'])
  expect(documentedLiteral.recoveryAlerts).toBe(scheduleAware.recoveryAlerts)
})

// [D CHAN] for failure and missed, the rest [I]
it('has a severity for every type of alert', () => {
  expect(SEVERITY_OF).toEqual({
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
})

it('makes a test alert that names its channel and no monitor', () => {
  expect(testAlert({ id: 'ops', name: 'Ops' }, Date.UTC(2026, 0, 5))).toEqual({
    type: 'test',
    severity: 'info',
    at: Date.UTC(2026, 0, 5),
    message: 'This is a test of the channel Ops, sent at 2026-01-05 00:00 UTC. Nothing is wrong',
    details: { channelId: 'ops' },
  })
})

// [?]
it('alerts once for all rules that match', () => {
  const rules = [
    { field: 'records', operator: 'eq', threshold: 0 },
    { field: 'errors', operator: 'gt', threshold: 0 },
  ] as const

  expect(scenario({ rules }).success({ records: 0, errors: 1 }).alerts).toMatchObject([
    { details: { rules: [{ field: 'records' }, { field: 'errors' }] } },
  ])
})

// [D RULES] speaks of successes
it('does not evaluate rules when a run fails', () => {
  const rules = [{ field: 'records', operator: 'eq', threshold: 0 }] as const

  expect(scenario({ rules }).fail({ meta: { records: 0 } }).alerts).toMatchObject([{ type: 'failure' }])
})

// [I]
it('alerts on recoveries unless the semantics or the definition say otherwise', () => {
  const quiet: Semantics = { ...scheduleAware, recoveryAlerts: false }

  expect(scenario().fail().success().alerts).toHaveLength(2)
  expect(scenario({}, quiet).fail().success().alerts).toMatchObject([{ type: 'failure' }])
  expect(scenario({ recovery: false }).fail().success().alerts).toMatchObject([{ type: 'failure' }])
})

// [D MON, RUNS]
it('defaults to a grace period of five minutes, and twice that for a run', () => {
  const alertsAt = (at: string): number => scenario().start().at(at).sweep().alerts.length

  expect(alertsAt('2026-01-05T00:10:00.000Z')).toBe(0)
  expect(alertsAt('2026-01-05T00:10:00.001Z')).toBe(1)
})

// [I]
it('ends an outage with a success, not with a start', () => {
  const story = scenario().fail().at('2026-01-05T01:00:00Z').start().at('2026-01-05T02:00:00Z').success()

  expect(story.alerts).toMatchObject([
    { type: 'failure' },
    { type: 'recovery', details: { outageMs: 7_200_000 } },
  ])
})

// [?]
it('forgets failures in a pause', () => {
  expect(scenario().success().pause().fail().resume().state.status).toBe('active')
})
