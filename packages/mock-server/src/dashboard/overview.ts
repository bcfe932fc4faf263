import { attentionOf } from '../attention.ts'
import type { Acknowledgments } from '../acknowledgments.ts'
import type { Outbox } from '../channels/outbox.ts'
import type { MockMonitor } from '../mock-records.ts'
import type { History } from '../history.ts'
import { byMonitor } from './by-monitor.ts'
import { type MonitorSummary, monitorSummary } from './monitor-summary.ts'
import { type RunStatistics, runStatistics } from './run-statistics.ts'

/** What the overview is made of. */
export interface OverviewSources {
  readonly history: Pick<History, 'runs' | 'alerts' | 'revision'>
  readonly outbox: Pick<Outbox, 'all' | 'completeAfter'>
  readonly acknowledgments: Pick<Acknowledgments, 'lastOf'>
  readonly monitors: () => readonly MockMonitor[]
}

/** Sums up all monitors; what has not changed since the last time is not worked out again. */
export function createOverview({
  history,
  outbox,
  acknowledgments,
  monitors,
}: OverviewSources): () => readonly MonitorSummary[] {
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
    if (kept.size > 2 * present.length) kept.clear()
    const alerts = byMonitor(history.alerts())
    const notifications = byMonitor(outbox.all())
    return present.map((monitor) => {
      const { id, outage, silentFailure } = monitor
      const since = (outage ?? silentFailure)?.since ?? ''
      const attention = attentionOf({
        monitor,
        runs: alerts.has(id) ? history.runs(id) : [],
        alerts: alerts.get(id) ?? [],
        // Where older ones are gone, nobody can say who was told of an outage that began before.
        notifications:
          (outbox.completeAfter() ?? '') >= since && since !== '' ? undefined : (notifications.get(id) ?? []),
      })
      const acknowledged = attention && acknowledgments.lastOf(id, attention.since)
      return monitorSummary(
        monitor,
        statisticsOf(id),
        attention && { ...attention, ...(acknowledged && { acknowledged }) },
      )
    })
  }
}
