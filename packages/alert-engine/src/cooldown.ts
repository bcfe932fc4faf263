import type { Instant } from './clock.ts'
import type { Alert, Memory, Suppression } from './model.ts'
import type { Terms } from './terms.ts'

/** Alerts, each marked sent or suppressed. */
export interface Dispatch {
  readonly alerts: readonly Alert[]
  /** With the cooldowns that these alerts begin. */
  readonly memory: Memory
}

/**
 * Marks the alerts that the monitor's cooldown suppresses. They stay in the record.
 *
 * @param isOutageNotified  Whether anything was sent about the outage that a recovery among the alerts ends.
 */
export function dispatch(
  alerts: readonly Alert[],
  memory: Memory,
  isOutageNotified: boolean,
  now: Instant,
  terms: Terms,
): Dispatch {
  if (alerts.length === 0) return { alerts, memory }
  const judged = alerts.map((alert) => {
    const suppressed = suppressionOf(alert, memory, isOutageNotified, now, terms)
    return suppressed === null ? alert : { ...alert, suppressed }
  })
  if (terms.cooldownMs === 0) return { alerts: judged, memory }
  // From the last alert that was sent: or a job that fails every minute would never alert again. [I]
  const begun = judged.filter(({ suppressed }) => suppressed === undefined)
  if (begun.length === 0) return { alerts: judged, memory }
  const cooldownsFrom = {
    ...memory.cooldownsFrom,
    ...Object.fromEntries(begun.map(({ type }) => [type, now])),
  }
  return { alerts: judged, memory: { ...memory, cooldownsFrom } }
}

function suppressionOf(
  alert: Alert,
  memory: Memory,
  isOutageNotified: boolean,
  now: Instant,
  terms: Terms,
): Suppression | null {
  // A recovery ignores the cooldown: people would go on repairing what works. [I]
  if (alert.type === 'recovery') return isOutageNotified ? null : { reason: 'outageNotNotified' }
  const from = memory.cooldownsFrom[alert.type]
  if (from === undefined || now - from >= terms.cooldownMs) return null
  return { reason: 'cooldown', untilAt: from + terms.cooldownMs }
}

/** True if one of the alerts that make an outage known was sent. */
export function notifiesOfOutage(alerts: readonly Alert[]): boolean {
  return alerts.some(({ type, suppressed }) => suppressed === undefined && OUTAGE_TYPES.has(type))
}

const OUTAGE_TYPES: ReadonlySet<Alert['type']> = new Set(['failure', 'missed', 'hung', 'failure_rate'])
