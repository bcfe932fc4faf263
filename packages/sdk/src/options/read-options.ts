import { DEFAULT_BASE_URL, isTruthy, nearestName } from '@crontify/protocol'
import { checkOptions, isLogger, readMonitorId } from './check-options.ts'
import { kindOf } from '../kind-of.ts'
import type { BaseUrl } from './read-base-url.ts'
import type { ConfigErrorCode } from '../errors.ts'
import type { OnEvent } from '../run/delivery-event.ts'
import type { FetchLike } from '../http/fetch-transport.ts'
import type { HttpAgent, PingTransport } from '../http/route.ts'
import { printable } from '../redaction/printable.ts'
import { chooseProxy, type Proxy } from '../http/proxy-settings.ts'
import type { RedactOption } from '../redaction/redactor.ts'
import type { Logger } from '../warner.ts'

/** Options that were checked, with every default filled in. */
export interface Settings extends BaseUrl {
  readonly apiKey: string
  readonly monitorId: string
  readonly timeoutMs: number
  readonly startWaitMs: number
  readonly endWaitMs: number
  /** For one attempt; never above `timeoutMs`. */
  readonly attemptTimeoutMs: number
  readonly wireHeaders: boolean
  readonly ratePerMinute: number | undefined
  readonly atExit: boolean
  readonly handleSignals: boolean
  readonly spoolDirectory: string | undefined
  readonly onEvent: OnEvent | undefined
  readonly redact: RedactOption
  readonly proxy: Proxy | undefined
  readonly agent: HttpAgent | undefined
  readonly transport: PingTransport | undefined
  readonly fetch: FetchLike | undefined
}

/** Whose options are read. Those of a client of many monitors name none. */
export type OptionsOf = 'CrontifyMonitor' | 'Crontify'

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
  'agent',
  'fetch',
  'transport',
  'delivery',
  'onEvent',
  'redact',
  'proxy',
] as const
const DELIVERY_OPTIONS = [
  'ratePerMinute',
  'startWaitMs',
  'endWaitMs',
  'attemptTimeoutMs',
  'wireHeaders',
  'atExit',
  'handleSignals',
  'spoolDirectory',
] as const
/** Stands for the id that the client of many monitors gets with each of them. */
const NO_MONITOR = 'none'
const CONSEQUENCE = 'No pings are sent: jobs run, but nobody watches them'

const UNVERIFIED =
  'NODE_TLS_REJECT_UNAUTHORIZED is 0, so this process does not check certificates: whoever stands between it and ' +
  'Crontify can read the API key. For a certificate authority of your own set NODE_EXTRA_CA_CERTS instead'

/**
 * Checks options once, where they enter; nothing inside checks again.
 *
 * Precedence: given in code, then the environment, then the default. Never throws, and no message holds the key.
 */
export function readOptions(
  options: unknown,
  env: Readonly<Record<string, string | undefined>>,
  of: OptionsOf = 'CrontifyMonitor',
): ReadOptions {
  const given = ownValues(options)
  if (given === undefined) {
    const example = of === 'Crontify' ? '{ apiKey }' : '{ apiKey, monitorId }'
    const problem = `${of} takes one object of options, such as ${example}, and got ${kindOf(options)}`
    return {
      type: 'wrong',
      silent: true,
      logger: undefined,
      notes: [],
      problem: asProblem('ERR_OPTIONS', problem),
    }
  }
  const notes = [
    ...unknownOptionNotes(
      given,
      KNOWN_OPTIONS.filter((name) => of !== 'Crontify' || name !== 'monitorId'),
    ),
    ...unknownOptionNotes(ownValues(given['delivery']) ?? {}, DELIVERY_OPTIONS),
  ]
  const silent = given['silent'] !== false
  const result = checkOptions(
    {
      ...picked(given, KNOWN_OPTIONS),
      ...(of === 'Crontify' ? { monitorId: NO_MONITOR } : {}),
      apiKey: given['apiKey'] ?? fromEnv(env, 'CRONTIFY_API_KEY'),
      baseUrl: {
        url: given['baseUrl'] ?? fromEnv(env, 'CRONTIFY_BASE_URL') ?? DEFAULT_BASE_URL,
        allowHttp: given['allowInsecureHttp'] === true,
      },
      delivery: given['delivery'] === undefined ? picked({}, DELIVERY_OPTIONS) : pickedOf(given['delivery']),
    },
    notes,
  )
  const logger = isLogger(given['logger']) || given['logger'] === false ? given['logger'] : undefined
  if (given['enabled'] === false) return { type: 'off', silent, logger, notes, reason: 'enabled is false' }
  if (isTruthy(env['CRONTIFY_DISABLED'])) {
    return { type: 'off', silent, logger, notes, reason: 'the environment variable CRONTIFY_DISABLED is set' }
  }
  if ('problem' in result) {
    return { type: 'wrong', silent, logger, notes, problem: asProblem(result.code, result.problem) }
  }
  const { apiKey, monitorId, baseUrl, timeout, agent, fetch, transport, onEvent, redact, delivery } =
    result.checked
  notes.push(...ignoredRouteNotes(given))
  const ownRoute = agent ?? fetch ?? transport
  const choice = chooseProxy(baseUrl.origin, ownRoute === undefined ? given['proxy'] : false, env)
  notes.push(...choice.notes)
  if (choice.type === 'wrong') {
    // In code it is a mistake to be mended; in the environment it may be meant for other programs.
    if (given['proxy'] !== undefined) {
      return { type: 'wrong', silent, logger, notes, problem: asProblem('ERR_PROXY', choice.problem) }
    }
    notes.push(`${choice.problem}. It is ignored`)
  }
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' && baseUrl.origin.startsWith('https:')) {
    notes.push(UNVERIFIED)
  }
  const settings: Settings = {
    apiKey,
    monitorId,
    ...baseUrl,
    timeoutMs: timeout,
    agent,
    transport,
    fetch,
    onEvent,
    redact,
    proxy: choice.type === 'proxy' ? choice.proxy : undefined,
    ...delivery,
    attemptTimeoutMs: Math.min(timeout, delivery.attemptTimeoutMs),
  }
  return { type: 'ready', silent, logger, notes, settings }
}

/** What is wrong with the id of a monitor; `undefined` for one that can be used. */
export function monitorIdProblem(monitorId: unknown): ConfigProblem | undefined {
  const read = readMonitorId(monitorId)
  return 'problem' in read ? asProblem(read.code, read.problem) : undefined
}

function asProblem(code: ConfigErrorCode, problem: string): ConfigProblem {
  return { code, message: `${problem}. ${CONSEQUENCE}` }
}

function unknownOptionNotes(
  given: Readonly<Record<string, unknown>>,
  knownNames: readonly string[],
): string[] {
  return Object.keys(given)
    .filter((name) => !knownNames.includes(name))
    .map((name) => {
      const meant = nearestName(name, knownNames)
      return `The option "${printable(name, 40)}" is not known and is ignored${meant === undefined ? '' : `; was "${meant}" meant?`}`
    })
}

/** Options that say how pings leave this process; the first one that is given counts. */
const ROUTE_OPTIONS = ['transport', 'fetch', 'agent', 'proxy'] as const

function ignoredRouteNotes(given: Readonly<Record<string, unknown>>): string[] {
  const [used, ...ignored] = ROUTE_OPTIONS.filter(
    (name) => given[name] !== undefined && given[name] !== false,
  )
  return ignored.map((name) => `The option ${name} is ignored, because ${used} is given`)
}

/** Every known name is there, so that a missing option and one that is undefined read the same. */
function picked(given: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, given[name]]))
}

function pickedOf(delivery: unknown): unknown {
  const given = ownValues(delivery)
  return given === undefined ? delivery : picked(given, DELIVERY_OPTIONS)
}

/** Own enumerable values, each read once, and nothing inherited; `undefined` for what is no object of options. */
function ownValues(options: unknown): Record<string, unknown> | undefined {
  if (typeof options !== 'object' || options === null) return undefined
  try {
    return Array.isArray(options)
      ? undefined
      : Object.assign(Object.create(null) as Record<string, unknown>, options)
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
