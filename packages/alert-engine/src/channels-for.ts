import { type ChannelDefinition, type MonitorDefinition, reachesSeverity } from '@crontify/protocol'
import type { Alert } from './model.ts'

/**
 * The channels that get an alert, in the order in which the monitor names them: all that are attached to it [D CHAN], but
 * for those whose `minimumSeverity` the alert does not reach [I]. A suppressed alert goes nowhere.
 *
 * A channel that does not exist gets nothing. Never throws.
 */
export function channelsFor(
  alert: Pick<Alert, 'severity' | 'suppressed'>,
  definition: Pick<MonitorDefinition, 'channels'>,
  channels: readonly ChannelDefinition[],
): readonly ChannelDefinition[] {
  if (alert.suppressed !== undefined) return []
  const attached = new Set(definition.channels)
  return [...attached]
    .map((id) => channels.find((channel) => channel.id === id))
    .filter((channel) => channel !== undefined)
    .filter(({ minimumSeverity = 'info' }) => reachesSeverity(alert.severity, minimumSeverity))
}
