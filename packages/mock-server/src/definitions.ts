import type { Semantics } from '@crontify/alert-engine'
import type { ChannelDefinition, MonitorDefinition } from '@crontify/protocol'
import { CrontifyMockError } from './mock-error.ts'
import { readChannels, unknownChannelProblems } from './channels/read-channels.ts'
import type { MonitorRegistry, RegisteredMonitor } from './monitor-registry.ts'
import { type Plan, planProblems } from './plan.ts'
import { readMonitors } from './register-monitors.ts'

/** What is watched and who is told. */
export interface DefinitionSet {
  readonly monitors: readonly MonitorDefinition[]
  readonly channels: readonly ChannelDefinition[]
}

/** The monitors and channels of a running server. Everything is checked before anything changes. */
export interface Definitions {
  channels(): readonly ChannelDefinition[]
  /** @throws {CrontifyMockError} naming every problem; then nothing has changed. */
  replace(set: Partial<DefinitionSet>): void
}

/** What definitions need from around them. */
export interface DefinitionsDependencies {
  readonly registry: Pick<MonitorRegistry, 'define' | 'remove' | 'monitors'>
  readonly semantics: Semantics
  readonly plan: Plan
  readonly initialChannels: readonly ChannelDefinition[]
  readonly onDefined: (definition: MonitorDefinition) => void
  readonly onRemoved: (monitorId: string) => void
  /** Called once for each replacement, after it. */
  readonly onChange: (set: DefinitionSet) => void
}

/** Puts definitions over a registry whose monitors were checked when it was created. */
export function createDefinitions(dependencies: DefinitionsDependencies): Definitions {
  const { registry, semantics, plan, onDefined, onRemoved, onChange } = dependencies
  let channels = dependencies.initialChannels

  function currentMonitors(): readonly MonitorDefinition[] {
    return registry.monitors().map(({ definition }) => definition)
  }

  function apply(wanted: readonly RegisteredMonitor[]): void {
    const before = new Map(currentMonitors().map((definition) => [definition.id, definition]))
    const ids = new Set(wanted.map(({ definition }) => definition.id))
    for (const id of before.keys()) {
      if (ids.has(id)) continue
      registry.remove(id)
      onRemoved(id)
    }
    for (const monitor of wanted) {
      if (JSON.stringify(before.get(monitor.definition.id)) === JSON.stringify(monitor.definition)) continue
      registry.define(monitor)
      onDefined(monitor.definition)
    }
  }

  return {
    channels: () => channels,
    replace(set) {
      const readOfMonitors = readMonitors(set.monitors ?? currentMonitors(), semantics)
      const readOfChannels = readChannels(set.channels ?? channels)
      const problems = [
        ...readOfMonitors.problems,
        ...readOfChannels.problems,
        ...unknownChannelProblems(readOfMonitors.monitors, readOfChannels.channels),
        ...planProblems(plan, {
          monitors: readOfMonitors.monitors.length,
          channels: readOfChannels.channels,
        }),
      ]
      if (problems.length > 0)
        throw new CrontifyMockError('ERR_INVALID', `Nothing was changed: ${problems.join('; ')}`)
      channels = readOfChannels.channels
      apply(readOfMonitors.monitors)
      onChange({ monitors: currentMonitors(), channels })
    },
  }
}

/** A list with this one in the place of the one that has its id, or at its end. */
export function withOne<One extends { readonly id: string }>(list: readonly One[], one: One): readonly One[] {
  // What is checked only later may be no object at all.
  const wanted = (one as One | null | undefined)?.id
  const index = list.findIndex(({ id }) => id === wanted)
  return index === -1 ? [...list, one] : list.with(index, one)
}

/** @throws {CrontifyMockError} where there is no channel with this id, or a monitor names it. */
export function removeChannel(
  definitions: Definitions,
  registry: Pick<MonitorRegistry, 'monitors'>,
  channelId: string,
): void {
  const rest = definitions.channels().filter(({ id }) => id !== channelId)
  if (rest.length === definitions.channels().length) {
    throw new CrontifyMockError('ERR_NOT_FOUND', `There is no channel ${JSON.stringify(channelId)}`)
  }
  const naming = registry.monitors().filter(({ definition }) => definition.channels?.includes(channelId))
  if (naming.length > 0) {
    const ids = naming.map(({ id }) => id).join(', ')
    throw new CrontifyMockError(
      'ERR_INVALID',
      `Nothing was changed: the channel ${JSON.stringify(channelId)} is named by ${ids}`,
    )
  }
  definitions.replace({ channels: rest })
}
