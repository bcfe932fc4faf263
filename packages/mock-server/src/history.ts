import type { Alert, ClosedRun, OpenedRun } from '@crontify/alert-engine'
import { createBoundedList } from './bounded-list.ts'
import type { Kept } from './mock-server-options.ts'
import type { MockAlert, MockPing, MockRun } from './mock-records.ts'
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
  let runsDropped = 0

  function recordRun(run: OpenedRun | ClosedRun): MockRun {
    const runs = runsByMonitor.get(run.monitorId) ?? new Map<string, KeptRun>()
    runsByMonitor.set(run.monitorId, runs)
    revisions.set(run.monitorId, (revisions.get(run.monitorId) ?? 0) + 1)
    const view = runView(run)
    runs.set(run.runId, { view, logOutput: run.status === 'failed' ? run.logOutput : undefined })
    for (const oldest of runs.keys()) {
      if (runs.size <= kept.runsPerMonitor) break
      runs.delete(oldest)
      runsDropped += 1
    }
    return view
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
      return view
    },
    pings: () => pings.all().map(withLog),
    runs: (monitorId) => [...(runsByMonitor.get(monitorId)?.values() ?? [])].map(({ view }) => view),
    revision: (monitorId) => revisions.get(monitorId) ?? 0,
    alerts: (monitorId) =>
      alerts.all().filter((alert) => monitorId === undefined || alert.monitorId === monitorId),
    log,
    forgetRuns: (monitorId) => {
      runsByMonitor.delete(monitorId)
      revisions.set(monitorId, (revisions.get(monitorId) ?? 0) + 1)
    },
    dropped: () => ({ pings: pings.dropped(), runs: runsDropped, alerts: alerts.dropped() }),
    clear() {
      pings.clear()
      alerts.clear()
      for (const id of runsByMonitor.keys()) revisions.set(id, (revisions.get(id) ?? 0) + 1)
      runsByMonitor.clear()
      runsDropped = 0
    },
  }
}
