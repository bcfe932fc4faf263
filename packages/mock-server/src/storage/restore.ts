import type { Acknowledgments } from '../acknowledgments.ts'
import type { Outbox } from '../channels/outbox.ts'
import type { History } from '../history.ts'
import type { MockServerOptions } from '../mock-server-options.ts'
import type { MonitorRegistry } from '../monitor-registry.ts'
import { isoInstant } from '../views.ts'
import type { Folded } from './fold-records.ts'

/** Options with the definitions that were changed while an earlier server ran; what is asked for now goes before. */
export function withRestored(options: MockServerOptions, { definitions }: Folded): MockServerOptions {
  if (definitions === undefined) return options
  return {
    ...options,
    monitors: merged(options.monitors ?? [], definitions.monitors),
    channels: merged(options.channels ?? [], definitions.channels),
  }
}

/** Gives a registry, a history and an outbox the past of an earlier server. Monitors that are not there any more stay forgotten. */
export function restore(
  { states, runs, days, alerts, pings, notifications, acknowledgments }: Folded,
  registry: Pick<MonitorRegistry, 'has' | 'restore'>,
  history: Pick<History, 'recordRun' | 'recordAlert' | 'recordPing' | 'restoreDays'>,
  outbox: Pick<Outbox, 'restore'>,
  acknowledged: Pick<Acknowledgments, 'add'>,
): void {
  for (const [monitorId, state] of states) if (registry.has(monitorId)) registry.restore(monitorId, state)
  for (const run of runs) if (registry.has(run.monitorId)) history.recordRun(run)
  for (const alert of alerts) history.recordAlert(alert)
  for (const [monitorId, ofMonitor] of days)
    if (registry.has(monitorId)) history.restoreDays(monitorId, ofMonitor)
  for (const ping of pings) history.recordPing(Object.freeze(ping))
  for (const one of acknowledgments) if (registry.has(one.monitorId)) acknowledged.add(one)
  // Files of earlier versions have alerts without their notifications: who got them is unknown.
  const [first] = notifications
  const firstAt = first === undefined ? Infinity : Date.parse(first.at)
  const unknown = alerts.findLast(({ at }) => at < firstAt)
  outbox.restore(notifications, unknown && isoInstant(unknown.at))
}

function merged<One extends { readonly id: string }>(
  first: readonly One[],
  second: readonly One[],
): readonly One[] {
  const ids = new Set(first.map(({ id }) => id))
  return [...first, ...second.filter(({ id }) => !ids.has(id))]
}
