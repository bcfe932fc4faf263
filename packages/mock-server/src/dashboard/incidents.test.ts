import { expect, it } from 'vitest'
import type { MockAlert, MockRun } from '../mock-records.ts'
import { incidentsOf } from './incidents.ts'

const at = (minute: number): string => `2026-01-05T09:${String(minute).padStart(2, '0')}:00.000Z`

const alert = (type: MockAlert['type'], minute: number, runId = `run-${minute}`): MockAlert => ({
  type,
  severity:
    type === 'recovery' || type === 'test'
      ? 'info'
      : type === 'slow' || type === 'silent_failure'
        ? 'warning'
        : 'critical',
  monitorId: 'job',
  runId,
  at: at(minute),
  message: type,
  details: {},
})

const good = (minute: number, startedAt = at(minute)): MockRun => ({
  runId: `good-${minute}`,
  monitorId: 'job',
  status: 'success',
  startedAt,
  endedAt: at(minute),
})

const shapes = (facts: Partial<Parameters<typeof incidentsOf>[0]>) =>
  incidentsOf({ alerts: [], runs: [], status: 'active', isUnwell: false, ...facts }).map(
    ({ state, severity, closedAt, alerts }) => [state, severity, closedAt, alerts.map(({ type }) => type)],
  )

it('reaches from the first alert to the recovery', () => {
  expect(shapes({ alerts: [alert('missed', 1), alert('failure', 2), alert('recovery', 5)] })).toEqual([
    ['closed', 'critical', at(5), ['missed', 'failure', 'recovery']],
  ])
})

it('closes a warning with the next good run, and opens another one afterwards', () => {
  const alerts = [alert('silent_failure', 1), alert('silent_failure', 2), alert('silent_failure', 8)]

  expect(shapes({ alerts, runs: [good(5)], isUnwell: true })).toEqual([
    ['closed', 'warning', at(5), ['silent_failure', 'silent_failure']],
    ['open', 'warning', undefined, ['silent_failure']],
  ])
})

it('keeps an incident open over a run that was under way before it', () => {
  const alerts = [alert('missed', 2), alert('failure', 4)]

  expect(shapes({ alerts, runs: [good(3, at(1))], isUnwell: true })).toEqual([
    ['open', 'critical', undefined, ['missed', 'failure']],
  ])
})

it('opens the next incident with a warning about the run that ended an outage', () => {
  const alerts = [alert('failure', 1), alert('silent_failure', 3, 'a'), alert('recovery', 3, 'a')]

  expect(shapes({ alerts, isUnwell: true })).toEqual([
    ['closed', 'critical', at(3), ['failure', 'recovery']],
    ['open', 'warning', undefined, ['silent_failure']],
  ])
})

it('knows no end where the run that closed it is no longer kept', () => {
  expect(shapes({ alerts: [alert('slow', 1)] })).toEqual([['closed', 'warning', undefined, ['slow']]])
})

it('does not call an incident closed because its monitor is paused', () => {
  expect(shapes({ alerts: [alert('failure', 1)], status: 'paused' })).toEqual([
    ['paused', 'critical', undefined, ['failure']],
  ])
})

it('leaves test alerts out', () => {
  expect(shapes({ alerts: [alert('test', 1)] })).toEqual([])
})
