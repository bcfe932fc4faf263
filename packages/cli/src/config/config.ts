import type { ChannelDefinition, MonitorDefinition } from '@crontify/protocol'

/** The contents of a configuration file. */
export interface Config {
  readonly monitors: readonly MonitorDefinition[]
  readonly channels: readonly ChannelDefinition[]
}

/** A configuration that cannot be read: where and why, for the person who wrote it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Default names, in order. */
export const CONFIG_NAMES: readonly string[] = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map(
  (ending) => `crontify.config.${ending}`,
)

/** An example to start with. */
export const CONFIG_EXAMPLE = `import { defineMonitor } from '@crontify/sdk'

export const monitors = [
  defineMonitor({ id: 'nightly-backup', schedule: '0 2 * * *', timezone: 'Europe/Berlin', channels: ['ops'] }),
]
export const channels = [{ id: 'ops', kind: 'email', to: 'ops@example.com' }]
`

const ACCEPTED = 'it must export monitors and channels, or be a list of monitors, or { monitors, channels }'

/**
 * The monitors and channels that a module or a JSON file holds. They are not checked here.
 *
 * @throws {ConfigError} if it has other contents.
 */
export function configOf(loaded: unknown, path: string): Config {
  const named = isObject(loaded) ? loaded : {}
  const value =
    'monitors' in named || 'channels' in named ? named : 'default' in named ? named['default'] : loaded
  if (Array.isArray(value)) return { monitors: value as Config['monitors'], channels: [] }
  const { monitors = [], channels = [] } = isObject(value) ? value : {}
  const isKnown = isObject(value) && ('monitors' in value || 'channels' in value)
  if (!isKnown || !Array.isArray(monitors) || !Array.isArray(channels)) {
    throw new ConfigError(`${path} holds no monitors: ${ACCEPTED}`)
  }
  return { monitors: monitors as Config['monitors'], channels: channels as Config['channels'] }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
