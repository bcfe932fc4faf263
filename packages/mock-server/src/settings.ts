import { type Semantics, documentedLiteral, scheduleAware } from '@crontify/alert-engine'
import { MAX_PINGS_PER_MINUTE, type ChannelDefinition } from '@crontify/protocol'
import { CrontifyMockError } from './mock-error.ts'
import { readChannels, unknownChannelProblems } from './channels/read-channels.ts'
import type { Kept, MockServerOptions } from './mock-server-options.ts'
import type { RegisteredMonitor } from './monitor-registry.ts'
import { instantOf } from './iso-instant.ts'
import { hostProblems } from './listening-hosts.ts'
import { PLANS, type Plan, planProblems } from './plan.ts'
import { readMonitors } from './register-monitors.ts'

/** Options after a look at all of them, with nothing left open. */
export interface Settings {
  readonly monitors: readonly RegisteredMonitor[]
  readonly apiKeys: readonly [string, ...string[]]
  readonly clock: 'system' | 'virtual'
  /** Milliseconds since 1970; used by a virtual clock only. */
  readonly startAt: number
  readonly semantics: Semantics
  readonly port: number
  readonly host: string
  readonly allowHosts: readonly string[]
  readonly keep: Kept
  readonly channels: readonly ChannelDefinition[]
  readonly plan: Plan
  readonly rateLimitPerMinute: number
  readonly deliver: boolean
}

/** A Monday at midnight, so that days and weeks are easy to count in tests. */
const DEFAULT_START_AT = '2026-01-05T00:00:00.000Z'
const DEFAULT_KEEP: Kept = {
  pings: 10_000,
  runsPerMonitor: 1_000,
  alerts: 10_000,
  requests: 10_000,
  notifications: 1_000,
}

/**
 * Checks options and fills in what was left out.
 *
 * @throws {CrontifyMockError} when something is wrong, with every problem in its message.
 */
export function settingsOf(options: MockServerOptions, newId: () => string): Settings {
  const problems: string[] = []
  const { clock = 'system', port = 0, host = '127.0.0.1', keep = {}, plan = 'unlimited' } = options
  const { rateLimitPerMinute = MAX_PINGS_PER_MINUTE, allowHosts = [] } = options
  const semantics = semanticsOf(options.semantics ?? 'scheduleAware', problems)
  const monitors = readMonitors(options.monitors ?? [], semantics)
  const channels = readChannels(options.channels ?? [])
  problems.push(
    ...monitors.problems,
    ...channels.problems,
    ...unknownChannelProblems(monitors.monitors, channels.channels),
  )
  const settings: Settings = {
    monitors: monitors.monitors,
    apiKeys: apiKeysOf(options.apiKeys, newId, problems),
    clock,
    startAt: startAtOf(options, problems),
    semantics,
    port,
    host,
    allowHosts: Array.isArray(allowHosts) ? allowHosts.map((name) => String(name).toLowerCase()) : [],
    keep: { ...DEFAULT_KEEP, ...keep },
    channels: channels.channels,
    plan,
    rateLimitPerMinute,
    deliver: options.deliver === true,
  }
  problems.push(...planProblems(plan, { monitors: monitors.monitors.length, channels: channels.channels }))
  if (options.dataFile !== undefined && (typeof options.dataFile !== 'string' || options.dataFile === '')) {
    problems.push('"dataFile" is not a path')
  }
  if (!PLANS.includes(plan)) problems.push(`"plan" is one of ${PLANS.join(', ')}`)
  if (!(
    rateLimitPerMinute === Infinity ||
    (Number.isInteger(rateLimitPerMinute) && rateLimitPerMinute >= 1)
  )) {
    problems.push('"rateLimitPerMinute" is not a whole number from 1, nor Infinity')
  }
  if (clock !== 'system' && clock !== 'virtual') problems.push(`"clock" is 'system' or 'virtual'`)
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    problems.push('"port" is not a whole number from 0 to 65535')
  }
  problems.push(...hostProblems(host, allowHosts))
  for (const [name, count] of Object.entries(settings.keep)) {
    if (!(Number.isInteger(count) && count >= 1)) problems.push(`"keep.${name}" is not a whole number from 1`)
  }
  if (problems.length > 0)
    throw new CrontifyMockError('ERR_INVALID', `Cannot create the mock server: ${problems.join('; ')}`)
  return settings
}

/** The semantics of that name, or those that were given. */
export function semanticsOf(
  given: NonNullable<MockServerOptions['semantics']>,
  problems: string[],
): Semantics {
  if (given === 'scheduleAware') return scheduleAware
  if (given === 'documentedLiteral') return documentedLiteral
  if (typeof given === 'object') return given
  problems.push(`"semantics" is 'scheduleAware', 'documentedLiteral' or an object made from one of them`)
  return scheduleAware
}

function apiKeysOf(
  given: readonly string[] | undefined,
  newId: () => string,
  problems: string[],
): readonly [string, ...string[]] {
  if (given !== undefined && !Array.isArray(given)) {
    problems.push('"apiKeys" is not a list of texts')
    return ['']
  }
  const [first = `ck_live_${newId()}`, ...rest] = given ?? []
  if (given?.length === 0) problems.push('"apiKeys" is empty: leave it out for a generated key')
  // The keys themselves stay out of the message.
  if ([first, ...rest].some((key) => typeof key !== 'string' || key.trim() === '')) {
    problems.push('"apiKeys" has an entry that is not a text')
  }
  return [first, ...rest]
}

function startAtOf(options: MockServerOptions, problems: string[]): number {
  const { clock = 'system', startAt } = options
  if (startAt !== undefined && clock === 'system') {
    problems.push(`"startAt" needs clock: 'virtual'; the system clock starts at the machine's time`)
  }
  const instant = instantOf(startAt ?? DEFAULT_START_AT)
  if (instant === undefined) {
    problems.push('"startAt" is not an ISO-8601 instant with a time zone, such as 2026-01-05T00:00:00Z')
  }
  return instant ?? NaN
}
