import type { Alert, ClosedRun, MonitorState, OpenedRun } from '@crontify/alert-engine'
import { type Acknowledgment, createAcknowledgments } from '../acknowledgments.ts'
import { createBoundedList } from '../bounded-list.ts'
import type { Notification } from '../channels/notification.ts'
import type { DefinitionSet } from '../definitions.ts'
import type { Kept } from '../mock-server-options.ts'
import type { MockPing } from '../mock-records.ts'
import type { IsoInstant } from '../time-texts.ts'
import { lookOf } from '../dashboard/run-look.ts'
import { type CountedRun, createRunTotals, type DayTotals } from '../run-totals.ts'
import type { StoredRecord } from './stored-record.ts'

/** What a data file comes to, within the same bounds as the memory of a server. */
export interface Folded {
  /** The last time that it knows of. */
  readonly at: IsoInstant | undefined
  /** Absent where definitions were never changed while a server ran. */
  readonly definitions: DefinitionSet | undefined
  readonly states: ReadonlyMap<string, MonitorState>
  readonly runs: readonly (OpenedRun | ClosedRun)[]
  readonly days: ReadonlyMap<string, DayTotals>
  readonly alerts: readonly Alert[]
  readonly pings: readonly MockPing[]
  /** Oldest first, each as it stands now. */
  readonly notifications: readonly Notification[]
  readonly acknowledgments: readonly Acknowledgment[]
}

/** Adds up records, oldest first. Pure but for its own memory. */
export function foldRecords(records: Iterable<StoredRecord>, keep: Kept): Folded {
  const states = new Map<string, MonitorState>()
  const runs = new Map<string, Map<string, OpenedRun | ClosedRun>>()
  const alerts = createBoundedList<Alert>(keep.alerts)
  const pings = createBoundedList<MockPing>(keep.pings)
  const notifications = new Map<string, Notification>()
  const totals = createRunTotals()
  const acknowledgments = createAcknowledgments(keep.notifications)
  let at: IsoInstant | undefined
  let definitions: DefinitionSet | undefined

  function addRun(run: OpenedRun | ClosedRun): void {
    const ofMonitor = runs.get(run.monitorId) ?? new Map<string, OpenedRun | ClosedRun>()
    runs.set(run.monitorId, ofMonitor)
    const before = ofMonitor.get(run.runId)
    totals.count(before && counted(before, false), counted(run, false))
    ofMonitor.set(run.runId, run)
    const [oldest] = ofMonitor.keys()
    if (ofMonitor.size > keep.runsPerMonitor && oldest !== undefined) ofMonitor.delete(oldest)
  }

  function addAlert(alert: Alert): void {
    alerts.push(alert)
    const run = alert.type === 'silent_failure' ? runs.get(alert.monitorId)?.get(alert.runId) : undefined
    if (run !== undefined) totals.count(counted(run, false), counted(run, true))
  }

  function addNotification(notification: Notification): void {
    notifications.set(notification.id, notification)
    const [oldest] = notifications.keys()
    if (notifications.size > keep.notifications && oldest !== undefined) notifications.delete(oldest)
  }

  function take(record: StoredRecord): void {
    switch (record.type) {
      case 'change':
        at = record.at
        states.set(record.change.monitorId, record.change.state)
        record.change.runs.forEach(addRun)
        record.change.alerts.forEach(addAlert)
        if (record.change.ping !== undefined) pings.push(record.change.ping)
        return
      case 'definitions':
        definitions = record.set
        return
      case 'removed':
        states.delete(record.monitorId)
        runs.delete(record.monitorId)
        totals.forget(record.monitorId)
        acknowledgments.forget(record.monitorId)
        return
      case 'reset':
        states.clear()
        runs.clear()
        totals.clear()
        alerts.clear()
        pings.clear()
        notifications.clear()
        acknowledgments.clear()
        return
      case 'time':
        at = record.at
        return
      case 'notification':
        addNotification(record.notification)
        return
      case 'state':
        states.set(record.monitorId, record.state)
        return
      case 'run':
        addRun(record.run)
        return
      case 'alert':
        addAlert(record.alert)
        return
      case 'days':
        totals.replace(record.monitorId, record.days)
        return
      case 'ping':
        pings.push(record.ping)
        return
      case 'acknowledged':
        acknowledgments.add(record.acknowledgment)
    }
  }

  for (const record of records) take(record)
  const allRuns = [...runs.values()].flatMap((ofMonitor) => [...ofMonitor.values()])
  return {
    at,
    definitions,
    states,
    runs: allRuns,
    days: totals.all(),
    alerts: alerts.all(),
    pings: pings.all(),
    notifications: [...notifications.values()],
    acknowledgments: acknowledgments.all(),
  }
}

/** The shortest list of records that comes to the same. */
export function* unfold(folded: Folded): Generator<StoredRecord> {
  if (folded.definitions !== undefined) yield { type: 'definitions', set: folded.definitions }
  for (const [monitorId, state] of folded.states) yield { type: 'state', monitorId, state }
  for (const run of folded.runs) yield { type: 'run', run }
  for (const alert of folded.alerts) yield { type: 'alert', alert }
  for (const [monitorId, days] of folded.days) yield { type: 'days', monitorId, days }
  for (const ping of folded.pings) yield { type: 'ping', ping }
  for (const notification of folded.notifications) yield { type: 'notification', notification }
  for (const acknowledgment of folded.acknowledgments) yield { type: 'acknowledged', acknowledgment }
  if (folded.at !== undefined) yield { type: 'time', at: folded.at }
}

function counted(run: OpenedRun | ClosedRun, hasMatchedRule: boolean): CountedRun {
  const { monitorId, status } = run
  const look = lookOf({
    status,
    ...(hasMatchedRule ? { hasMatchedRule } : {}),
    ...(run.status === 'success' && run.isDurationAnomaly === true ? { isDurationAnomaly: true } : {}),
  })
  if (run.status === 'missed') return { monitorId, at: run.expectedAt, look }
  return { monitorId, at: run.startedAt ?? run.endedAt, look }
}
