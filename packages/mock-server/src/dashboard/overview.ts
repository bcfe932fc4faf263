import type { MockAlert, MockMonitor } from '../mock-records.ts'
import type { History } from '../history.ts'
import { type MonitorSummary, monitorSummary } from './monitor-summary.ts'
import { type RunStatistics, runStatistics } from './run-statistics.ts'

/** Sums up all monitors; what has not changed since the last time is not reckoned again. */
export function createOverview(
  history: Pick<History, 'runs' | 'alerts' | 'revision'>,
  monitors: () => readonly MockMonitor[],
): () => readonly MonitorSummary[] {
  const kept = new Map<string, { readonly revision: number; readonly statistics: RunStatistics }>()

  function statisticsOf(id: string): RunStatistics {
    const revision = history.revision(id)
    const known = kept.get(id)
    if (known?.revision === revision) return known.statistics
    const statistics = runStatistics(history.runs(id))
    kept.set(id, { revision, statistics })
    return statistics
  }

  return () => {
    const present = monitors()
    const lastAlerts = new Map<string, MockAlert>(history.alerts().map((alert) => [alert.monitorId, alert]))
    if (kept.size > 2 * present.length) kept.clear()
    return present.map((monitor) =>
      monitorSummary(monitor, statisticsOf(monitor.id), lastAlerts.get(monitor.id)),
    )
  }
}
