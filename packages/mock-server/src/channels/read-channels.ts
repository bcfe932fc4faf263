import type { ChannelDefinition } from '@crontify/protocol'
import { channelProblems } from '@crontify/protocol/schemas'
import type { RegisteredMonitor } from '../monitor-registry.ts'

/** Channels that can be used, or what is wrong with them. */
export interface ReadChannels {
  readonly channels: readonly ChannelDefinition[]
  readonly problems: readonly string[]
}

/** Reads definitions of channels; each problem names the channel that it is about. */
export function readChannels(definitions: unknown): ReadChannels {
  if (!Array.isArray(definitions)) {
    return { channels: [], problems: ['"channels" is not a list of channel definitions'] }
  }
  const problems: string[] = []
  const channels = new Map<string, ChannelDefinition>()
  definitions.forEach((definition: unknown, index) => {
    const found = channelProblems(definition)
    problems.push(...found.map((problem) => `channel number ${index + 1}: ${problem}`))
    if (found.length > 0) return
    const own = Object.freeze(structuredClone(definition as ChannelDefinition))
    if (channels.has(own.id)) problems.push(`channel "${own.id}": its id is given twice`)
    channels.set(own.id, own)
  })
  return { channels: [...channels.values()], problems }
}

/**
 * Channels that monitors name and that are not there. Where there are no channels at all, none is missed: definitions
 * are often written before their channels.
 */
export function unknownChannelProblems(
  monitors: readonly RegisteredMonitor[],
  channels: readonly ChannelDefinition[],
): readonly string[] {
  if (channels.length === 0) return []
  const ids = channels.map(({ id }) => id)
  return monitors.flatMap(({ definition }) =>
    (definition.channels ?? [])
      .filter((id) => !ids.includes(id))
      .map(
        (id) =>
          `monitor "${definition.id}": "channels" names "${id}", which is not there; there are ${ids.join(', ')}`,
      ),
  )
}
