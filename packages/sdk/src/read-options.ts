import * as z from 'zod/mini'
import { DEFAULT_BASE_URL, DEFAULT_TIMEOUT_MS, isMonitorId } from '@crontify/protocol'
import { readApiKey } from './read-api-key.ts'
import { kindOf, readBoolean, readMs, type ReadField } from './read-field.ts'
import { readBaseUrl, type BaseUrl } from './read-base-url.ts'
import type { ConfigErrorCode } from './errors.ts'
import type { FetchLike } from './fetch-transport.ts'
import { printable } from './printable.ts'
import { suggestName } from './suggest-name.ts'
import type { Logger } from './warner.ts'

/** Options that were checked, with every default filled in. */
export interface Settings extends BaseUrl {
  readonly apiKey: string
  readonly monitorId: string
  readonly timeoutMs: number
  readonly startWaitMs: number
  readonly endWaitMs: number
  readonly fetch: FetchLike | undefined
}

/** What is wrong with the options. */
export interface ConfigProblem {
  readonly code: ConfigErrorCode
  readonly message: string
}

/** What became of the options. */
export type ReadOptions = {
  readonly silent: boolean
  readonly logger: Logger | false | undefined
  /** Things that were mended or ignored, one sentence each. */
  readonly notes: readonly string[]
} & (
  | { readonly type: 'ready'; readonly settings: Settings }
  /** Switched off on purpose. */
  | { readonly type: 'off'; readonly reason: string }
  | { readonly type: 'wrong'; readonly problem: ConfigProblem }
)

const KNOWN_OPTIONS = [
  'apiKey',
  'monitorId',
  'baseUrl',
  'timeout',
  'silent',
  'enabled',
  'allowInsecureHttp',
  'logger',
  'fetch',
  'delivery',
] as const
const DELIVERY_OPTIONS = ['startWaitMs', 'endWaitMs'] as const
const DEFAULT_START_WAIT_MS = 500
const DEFAULT_END_WAIT_MS = 5_000
const CONSEQUENCE = 'No pings are sent: jobs run, but nobody watches them'

/**
 * Checks options once, where they enter; nothing inside checks again.
 *
 * Precedence: given in code, then the environment, then the default. Never throws, and no message holds the key.
 */
export function readOptions(
  options: unknown,
  env: Readonly<Record<string, string | undefined>>,
): ReadOptions {
  const given = ownValues(options)
  if (given === undefined) {
    const problem = `CrontifyMonitor takes one object of options, such as { apiKey, monitorId }, and got ${kindOf(options)}`
    return {
      type: 'wrong',
      silent: true,
      logger: undefined,
      notes: [],
      problem: asProblem('ERR_OPTIONS', problem),
    }
  }
  const notes = [
    ...unknownOptionNotes(given, KNOWN_OPTIONS),
    ...unknownOptionNotes(ownValues(given['delivery']) ?? {}, DELIVERY_OPTIONS),
  ]
  const silent = given['silent'] !== false
  const parsed = schemaFor(notes).safeParse({
    ...picked(given, KNOWN_OPTIONS),
    apiKey: given['apiKey'] ?? fromEnv(env, 'CRONTIFY_API_KEY'),
    baseUrl: {
      url: given['baseUrl'] ?? fromEnv(env, 'CRONTIFY_BASE_URL') ?? DEFAULT_BASE_URL,
      allowHttp: given['allowInsecureHttp'] === true,
    },
    delivery: given['delivery'] === undefined ? picked({}, DELIVERY_OPTIONS) : pickedOf(given['delivery']),
  })
  const logger = isLogger(given['logger']) || given['logger'] === false ? given['logger'] : undefined
  if (given['enabled'] === false) return { type: 'off', silent, logger, notes, reason: 'enabled is false' }
  if (isTrue(fromEnv(env, 'CRONTIFY_DISABLED'))) {
    return { type: 'off', silent, logger, notes, reason: 'the environment variable CRONTIFY_DISABLED is set' }
  }
  if (!parsed.success)
    return { type: 'wrong', silent, logger, notes, problem: firstProblem(parsed.error.issues) }
  const { apiKey, monitorId, baseUrl, timeout, fetch, delivery } = parsed.data
  const settings: Settings = {
    apiKey,
    monitorId,
    ...baseUrl,
    timeoutMs: timeout,
    fetch,
    startWaitMs: delivery.startWaitMs,
    endWaitMs: delivery.endWaitMs,
  }
  return { type: 'ready', silent, logger, notes, settings }
}

/** Built anew for each client: constructing one is rare, and the notes belong to it. */
function schemaFor(notes: string[]) {
  const field = <Value>(read: (value: unknown) => ReadField<Value>) =>
    z.pipe(
      z.unknown(),
      z.transform((input, context): Value => {
        const result = read(input)
        if ('value' in result) {
          if (result.note !== undefined) notes.push(result.note)
          return result.value
        }
        // The input is left out on purpose: it may be the key.
        context.issues.push({
          code: 'custom',
          message: result.problem,
          params: { code: result.code },
          input: undefined,
        })
        return z.NEVER
      }),
    )
  return z.object({
    apiKey: field(readApiKey),
    monitorId: field(readMonitorId),
    baseUrl: field((value) => {
      const { url, allowHttp } = value as { url: unknown; allowHttp: boolean }
      return readBaseUrl(url, allowHttp)
    }),
    timeout: field((value) =>
      readMs('timeout', value, { least: 100, most: 600_000, byDefault: DEFAULT_TIMEOUT_MS }),
    ),
    silent: field((value) => readBoolean('silent', value, true)),
    enabled: field((value) => readBoolean('enabled', value, true)),
    allowInsecureHttp: field((value) => readBoolean('allowInsecureHttp', value, false)),
    logger: field(readLogger),
    fetch: field(readFetch),
    delivery: z.object({
      startWaitMs: field((value) =>
        readMs('delivery.startWaitMs', value, { least: 0, most: 60_000, byDefault: DEFAULT_START_WAIT_MS }),
      ),
      endWaitMs: field((value) =>
        readMs('delivery.endWaitMs', value, { least: 0, most: 600_000, byDefault: DEFAULT_END_WAIT_MS }),
      ),
    }),
  })
}

function firstProblem(issues: readonly z.core.$ZodIssue[]): ConfigProblem {
  const issue = issues[0]
  const name = issue?.path.join('.') ?? ''
  if (issue?.code === 'custom') return asProblem(issue.params?.['code'] as ConfigErrorCode, issue.message)
  return asProblem('ERR_OPTION_TYPE', `${name} is not an object of options`)
}

function asProblem(code: ConfigErrorCode, problem: string): ConfigProblem {
  return { code, message: `${problem}. ${CONSEQUENCE}` }
}

function readMonitorId(value: unknown): ReadField<string> {
  if (isMonitorId(value)) return { value }
  const accepted =
    'it is 1 to 128 letters, digits, "_" or "-", as the monitor\'s page in the dashboard shows it'
  if (value === undefined) return { problem: `monitorId is missing; ${accepted}`, code: 'ERR_MONITOR_ID' }
  if (typeof value !== 'string')
    return { problem: `monitorId is ${kindOf(value)}; ${accepted}`, code: 'ERR_MONITOR_ID' }
  const hint = /^https?:\/\//i.test(value)
    ? 'looks like a URL, and only the id is wanted'
    : 'cannot stand in a path'
  return { problem: `monitorId "${printable(value, 40)}" ${hint}; ${accepted}`, code: 'ERR_MONITOR_ID' }
}

function readLogger(value: unknown): ReadField<Logger | false | undefined> {
  if (value === undefined || value === false || isLogger(value))
    return { value: value as Logger | false | undefined }
  return {
    problem: `logger is ${kindOf(value)} without a warn(message) method; console fits, and false mutes`,
    code: 'ERR_LOGGER',
  }
}

function readFetch(value: unknown): ReadField<FetchLike | undefined> {
  if (value === undefined || typeof value === 'function') return { value: value as FetchLike | undefined }
  return {
    problem: `fetch is ${kindOf(value)}; it is a function like the global fetch`,
    code: 'ERR_OPTION_TYPE',
  }
}

function isLogger(value: unknown): value is Logger {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Logger>).warn === 'function'
}

function unknownOptionNotes(
  given: Readonly<Record<string, unknown>>,
  knownNames: readonly string[],
): string[] {
  return Object.keys(given)
    .filter((name) => !knownNames.includes(name))
    .map((name) => {
      const meant = suggestName(name, knownNames)
      return `The option "${printable(name, 40)}" is not known and is ignored${meant === undefined ? '' : `; was "${meant}" meant?`}`
    })
}

/** Every known name is there, so that a missing option and one that is undefined read the same. */
function picked(given: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, given[name]]))
}

function pickedOf(delivery: unknown): unknown {
  const given = ownValues(delivery)
  return given === undefined ? delivery : picked(given, DELIVERY_OPTIONS)
}

/** Own enumerable values, each read once; `undefined` for what is no object of options. */
function ownValues(options: unknown): Record<string, unknown> | undefined {
  if (typeof options !== 'object' || options === null) return undefined
  try {
    return Array.isArray(options) ? undefined : { ...options }
  } catch {
    // A proxy or a getter that throws.
    return undefined
  }
}

/** An empty variable is as good as none: deployments set those. */
function fromEnv(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const value = env[name]
  return value === undefined || value.trim() === '' ? undefined : value
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && ['1', 'true', 'yes', 'on'].includes(value.trim().toLowerCase())
}
