import type { Alert, ClosedRun, OpenedRun } from '@crontify/alert-engine'
import { createBoundedList } from './bounded-list.ts'
import type { Kept } from './mock-server-options.ts'
import type { MockAlert, MockPing, MockRun } from './mock-records.ts'
import { lookOf } from './dashboard/run-look.ts'
import { type CountedRun, createRunTotals, type DayTotals } from './run-totals.ts'
import { alertView, runView } from './views.ts'

/** What the local Crontify remembers of the past, bounded. */
export interface History {
  recordPing(ping: MockPing): void
  /** Puts a closed run in the place of the opened one. */
  recordRun(run: OpenedRun | ClosedRun): MockRun
  recordAlert(alert: Alert): MockAlert
  pings(): MockPing[]
  runs(monitorId: string): MockRun[]
  /** Another number whenever the runs of the monitor are others: what was reckoned from them can be kept until then. */
  revision(monitorId: string): number
  /** Of the last weeks, also of runs that are not kept any more. */
  days(monitorId: string): DayTotals
  /** Puts in the totals that an earlier server had. */
  restoreDays(monitorId: string, days: DayTotals): void
  alerts(monitorId?: string): MockAlert[]
  /** The log of a run; `undefined` where it has none, or is forgotten. */
  log(monitorId: string, runId: string): string | undefined
  /** Forgets the runs of a monitor; what it alerted stays. */
  forgetRuns(monitorId: string): void
  dropped(): { readonly pings: number; readonly runs: number; readonly alerts: number }
  clear(): void
}

interface KeptRun {
  readonly view: MockRun
  readonly logOutput: string | undefined
}

/** Creates an empty history. */
export function createHistory(kept: Kept): History {
  const pings = createBoundedList<MockPing>(kept.pings)
  const alerts = createBoundedList<MockAlert>(kept.alerts)
  const runsByMonitor = new Map<string, Map<string, KeptRun>>()
  const revisions = new Map<string, number>()
  const totals = createRunTotals()
  let runsDropped = 0

  function recordRun(run: OpenedRun | ClosedRun): MockRun {
    const runs = runsByMonitor.get(run.monitorId) ?? new Map<string, KeptRun>()
    runsByMonitor.set(run.monitorId, runs)
    revisions.set(run.monitorId, (revisions.get(run.monitorId) ?? 0) + 1)
    const view = runView(run)
    totals.count(counted(runs.get(run.runId)?.view), counted(view))
    runs.set(run.runId, { view, logOutput: run.status === 'failed' ? run.logOutput : undefined })
    for (const oldest of runs.keys()) {
      if (runs.size <= kept.runsPerMonitor) break
      runs.delete(oldest)
      runsDropped += 1
    }
    return view
  }

  function markMatched({ monitorId, runId }: Alert): void {
    const runs = runsByMonitor.get(monitorId)
    const run = runs?.get(runId)
    if (run === undefined) return
    const view = Object.freeze({ ...run.view, hasMatchedRule: true as const })
    totals.count(counted(run.view), counted(view))
    runs?.set(runId, { ...run, view })
    revisions.set(monitorId, (revisions.get(monitorId) ?? 0) + 1)
  }

  const log = (monitorId: string, runId: string): string | undefined =>
    runsByMonitor.get(monitorId)?.get(runId)?.logOutput
  const withLog = (ping: MockPing): MockPing => {
    const logOutput = ping.kind === 'fail' ? log(ping.monitorId, ping.runId) : undefined
    return logOutput === undefined ? ping : { ...ping, logOutput }
  }

  return {
    recordPing: pings.push,
    recordRun,
    recordAlert(alert) {
      const view = alertView(alert)
      alerts.push(view)
      if (alert.type === 'silent_failure') markMatched(alert)
      return view
    },
    pings: () => pings.all().map(withLog),
    runs: (monitorId) => [...(runsByMonitor.get(monitorId)?.values() ?? [])].map(({ view }) => view),
    revision: (monitorId) => revisions.get(monitorId) ?? 0,
    days: totals.of,
    restoreDays: totals.replace,
    alerts: (monitorId) =>
      alerts.all().filter((alert) => monitorId === undefined || alert.monitorId === monitorId),
    log,
    forgetRuns: (monitorId) => {
      runsByMonitor.delete(monitorId)
      totals.forget(monitorId)
      revisions.set(monitorId, (revisions.get(monitorId) ?? 0) + 1)
    },
    dropped: () => ({ pings: pings.dropped(), runs: runsDropped, alerts: alerts.dropped() }),
    clear() {
      pings.clear()
      alerts.clear()
      for (const id of runsByMonitor.keys()) revisions.set(id, (revisions.get(id) ?? 0) + 1)
      runsByMonitor.clear()
      totals.clear()
      runsDropped = 0
    },
  }
}

function counted(view: MockRun): CountedRun
function counted(view: MockRun | undefined): CountedRun | undefined
function counted(view: MockRun | undefined): CountedRun | undefined {
  if (view === undefined) return undefined
  const at = view.startedAt ?? view.expectedAt ?? view.endedAt ?? ''
  return { monitorId: view.monitorId, at: Date.parse(at), look: lookOf(view) }
}
