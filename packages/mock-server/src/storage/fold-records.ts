import type { Alert, ClosedRun, MonitorState, OpenedRun } from '@crontify/alert-engine'
import { createBoundedList } from '../bounded-list.ts'
import type { DefinitionSet } from '../definitions.ts'
import type { Kept } from '../mock-server-options.ts'
import type { MockPing } from '../mock-records.ts'
import type { IsoInstant } from '../time-texts.ts'
import type { StoredRecord } from './stored-record.ts'

/** What a data file comes to, within the same bounds as the memory of a server. */
export interface Folded {
  /** The last time that it knows of. */
  readonly at: IsoInstant | undefined
  /** Absent where definitions were never changed while a server ran. */
  readonly definitions: DefinitionSet | undefined
  readonly states: ReadonlyMap<string, MonitorState>
  readonly runs: readonly (OpenedRun | ClosedRun)[]
  readonly alerts: readonly Alert[]
  readonly pings: readonly MockPing[]
}

/** Adds up records, oldest first. Pure but for its own memory. */
export function foldRecords(records: Iterable<StoredRecord>, keep: Kept): Folded {
  const states = new Map<string, MonitorState>()
  const runs = new Map<string, Map<string, OpenedRun | ClosedRun>>()
  const alerts = createBoundedList<Alert>(keep.alerts)
  const pings = createBoundedList<MockPing>(keep.pings)
  let at: IsoInstant | undefined
  let definitions: DefinitionSet | undefined

  function addRun(run: OpenedRun | ClosedRun): void {
    const ofMonitor = runs.get(run.monitorId) ?? new Map<string, OpenedRun | ClosedRun>()
    runs.set(run.monitorId, ofMonitor)
    ofMonitor.set(run.runId, run)
    const [oldest] = ofMonitor.keys()
    if (ofMonitor.size > keep.runsPerMonitor && oldest !== undefined) ofMonitor.delete(oldest)
  }

  function take(record: StoredRecord): void {
    switch (record.type) {
      case 'change':
        at = record.at
        states.set(record.change.monitorId, record.change.state)
        record.change.runs.forEach(addRun)
        record.change.alerts.forEach(alerts.push)
        if (record.change.ping !== undefined) pings.push(record.change.ping)
        return
      case 'definitions':
        definitions = record.set
        return
      case 'removed':
        states.delete(record.monitorId)
        runs.delete(record.monitorId)
        return
      case 'reset':
        states.clear()
        runs.clear()
        alerts.clear()
        pings.clear()
        return
      case 'time':
        at = record.at
        return
      case 'state':
        states.set(record.monitorId, record.state)
        return
      case 'run':
        addRun(record.run)
        return
      case 'alert':
        alerts.push(record.alert)
        return
      case 'ping':
        pings.push(record.ping)
    }
  }

  for (const record of records) take(record)
  const allRuns = [...runs.values()].flatMap((ofMonitor) => [...ofMonitor.values()])
  return { at, definitions, states, runs: allRuns, alerts: alerts.all(), pings: pings.all() }
}

/** The shortest list of records that comes to the same. */
export function* unfold(folded: Folded): Generator<StoredRecord> {
  if (folded.definitions !== undefined) yield { type: 'definitions', set: folded.definitions }
  for (const [monitorId, state] of folded.states) yield { type: 'state', monitorId, state }
  for (const run of folded.runs) yield { type: 'run', run }
  for (const alert of folded.alerts) yield { type: 'alert', alert }
  for (const ping of folded.pings) yield { type: 'ping', ping }
  if (folded.at !== undefined) yield { type: 'time', at: folded.at }
}
