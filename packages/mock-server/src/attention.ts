import type { Tier } from '@crontify/protocol'
import type { Acknowledgment } from './acknowledgments.ts'
import type { Notification } from './channels/notification.ts'
import type { MockAlert, MockMonitor, MockRun } from './mock-records.ts'

/** A monitor that needs attention, with what an on-call engineer asks first. */
export interface Attention {
  readonly monitorId: string
  readonly name: string
  /** `failing`: the job does not work. `warning`: it ran, and a rule matched or it was slow or overlapped. */
  readonly level: 'failing' | 'warning'
  /** The alert that opened the incident: later ones are consequences. */
  readonly cause: Pick<MockAlert, 'type' | 'at' | 'message'> | undefined
  readonly since: string
  /** Runs in a row that were not good, the latest included. */
  readonly streak: number
  readonly tier: Tier | undefined
  /** Channels that were notified since then; `undefined` if that is not recorded. */
  readonly notified: readonly string[] | undefined
  readonly description: string | undefined
  readonly owner: string | undefined
  readonly runbook: string | undefined
  readonly rerun: string | undefined
  /** The last acknowledgment of this incident, where the reader has them. */
  readonly acknowledged?: Acknowledgment
}

/** What is known of one monitor. */
export interface MonitorFacts {
  readonly monitor: MockMonitor
  /** Oldest first, as all lists. */
  readonly runs: readonly MockRun[]
  readonly alerts: readonly MockAlert[]
  readonly notifications: readonly Notification[] | undefined
}

const WARNINGS: ReadonlySet<string> = new Set(['slow', 'overlapped', 'failure_rate'])

/** What needs attention about a monitor; `undefined` if nothing does. */
export function attentionOf(facts: MonitorFacts): Attention | undefined {
  const { monitor, alerts } = facts
  const { outage, silentFailure } = monitor
  if (monitor.status === 'paused') return undefined
  if (outage !== undefined) {
    const { since, type, message, runs } = outage
    return {
      ...common(facts, since),
      level: 'failing',
      cause: { type, at: since, message },
      since,
      streak: Math.max(1, runs),
    }
  }
  if (silentFailure !== undefined) {
    const { since, runs } = silentFailure
    const cause = alerts.find(({ type, at }) => type === 'silent_failure' && at >= since)
    return { ...common(facts, since), level: 'warning', cause: causeOf(cause), since, streak: runs }
  }
  return warning(facts)
}

/** The last run was no failure, and slow or overlapped. */
function warning(facts: MonitorFacts): Attention | undefined {
  const { alerts, runs } = facts
  const alertOf = (run: MockRun): MockAlert | undefined =>
    alerts.find(({ type, runId }) => runId === run.runId && WARNINGS.has(type))
  const closed = runs.filter(({ status }) => status !== 'running')
  const streak = closed.length - 1 - closed.findLastIndex((run) => alertOf(run) === undefined)
  const first = closed.at(-streak)
  const cause = streak === 0 || first === undefined ? undefined : alertOf(first)
  if (cause === undefined) return undefined
  return { ...common(facts, cause.at), level: 'warning', cause: causeOf(cause), since: cause.at, streak }
}

function common({ monitor, notifications }: MonitorFacts, since: string) {
  const { tier, description, owner, runbook, rerun } = monitor.definition
  const told = notifications?.filter(
    ({ monitorId, monitorIds, at }) =>
      (monitorId === monitor.id || monitorIds?.includes(monitor.id) === true) && at >= since,
  )
  return {
    monitorId: monitor.id,
    name: monitor.name,
    tier,
    notified: told && [...new Set(told.map(({ channelId }) => channelId))],
    description,
    owner,
    runbook,
    rerun,
  }
}

function causeOf(alert: MockAlert | undefined): Attention['cause'] {
  return alert && { type: alert.type, at: alert.at, message: alert.message }
}

/** The most urgent first: failing before warnings, then by tier, then the oldest. */
export function byUrgency(a: Attention, b: Attention): number {
  const level = Number(a.level === 'warning') - Number(b.level === 'warning')
  const tier = (a.tier ?? 2) - (b.tier ?? 2)
  return level || tier || (a.since < b.since ? -1 : 1)
}
