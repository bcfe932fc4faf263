import { DEFAULT_TIMEOUT_MS, isMonitorId, MAX_PINGS_PER_MINUTE } from '@crontify/protocol'
import type { OnEvent } from '../run/delivery-event.ts'
import type { ConfigErrorCode } from '../errors.ts'
import type { FetchLike } from '../http/fetch-transport.ts'
import type { HttpAgent, PingTransport } from '../http/route.ts'
import { printable } from '../redaction/printable.ts'
import { readApiKey } from './read-api-key.ts'
import { readBaseUrl, type BaseUrl } from './read-base-url.ts'
import { kindOf } from '../kind-of.ts'
import { readBoolean, readMs, type ReadField } from './read-field.ts'
import type { RedactOption } from '../redaction/redactor.ts'
import type { Logger } from '../warner.ts'

const DEFAULT_START_WAIT_MS = 500
const DEFAULT_END_WAIT_MS = 5_000
const DEFAULT_ATTEMPT_MS = 3_000

/** The options after the check, before they become settings. */
export interface CheckedOptions {
  readonly apiKey: string
  readonly monitorId: string
  readonly baseUrl: BaseUrl
  readonly timeout: number
  readonly agent: HttpAgent | undefined
  readonly transport: PingTransport | undefined
  readonly fetch: FetchLike | undefined
  readonly onEvent: OnEvent | undefined
  readonly redact: RedactOption
  readonly logger: Logger | false | undefined
  readonly delivery: {
    readonly startWaitMs: number
    readonly endWaitMs: number
    readonly attemptTimeoutMs: number
    readonly wireHeaders: boolean
    readonly ratePerMinute: number | undefined
    readonly atExit: boolean
    readonly handleSignals: boolean
    readonly spoolDirectory: string | undefined
  }
}

/** Checks all of a group's options; what is given under other names is not looked at. */
type Readers<Options> = { readonly [Name in keyof Options]: (value: unknown) => ReadField<Options[Name]> }

const DELIVERY_READERS: Readers<CheckedOptions['delivery']> = {
  startWaitMs: (value) =>
    readMs('delivery.startWaitMs', value, { least: 0, most: 60_000, byDefault: DEFAULT_START_WAIT_MS }),
  endWaitMs: (value) =>
    readMs('delivery.endWaitMs', value, { least: 0, most: 600_000, byDefault: DEFAULT_END_WAIT_MS }),
  attemptTimeoutMs: (value) =>
    readMs('delivery.attemptTimeoutMs', value, { least: 100, most: 60_000, byDefault: DEFAULT_ATTEMPT_MS }),
  wireHeaders: (value) => readBoolean('delivery.wireHeaders', value, true),
  ratePerMinute: readRate,
  atExit: (value) => readBoolean('delivery.atExit', value, true),
  handleSignals: (value) => readBoolean('delivery.handleSignals', value, false),
  spoolDirectory: readDirectory,
}

const READERS: Readers<CheckedOptions & { silent: boolean; enabled: boolean; allowInsecureHttp: boolean }> = {
  apiKey: readApiKey,
  monitorId: readMonitorId,
  baseUrl: (value) => {
    const { url, allowHttp } = value as { url: unknown; allowHttp: boolean }
    return readBaseUrl(url, allowHttp)
  },
  timeout: (value) => readMs('timeout', value, { least: 100, most: 600_000, byDefault: DEFAULT_TIMEOUT_MS }),
  silent: (value) => readBoolean('silent', value, true),
  enabled: (value) => readBoolean('enabled', value, true),
  allowInsecureHttp: (value) => readBoolean('allowInsecureHttp', value, false),
  logger: readLogger,
  agent: readAgent,
  transport: readTransport,
  fetch: (value) => readFunction<FetchLike>('fetch', 'like the global fetch', value),
  redact: readRedact,
  onEvent: (value) => readFunction<OnEvent>('onEvent', 'of one event', value),
  delivery: (value) =>
    typeof value === 'object' && value !== null
      ? readAll(value as Readonly<Record<string, unknown>>, DELIVERY_READERS)
      : { problem: `delivery must be an object of options, got ${kindOf(value)}`, code: 'ERR_OPTION_TYPE' },
}

/** The checked options, or what is wrong with the first one that is. Notes on what was mended go to `notes`. */
export function checkOptions(
  options: Readonly<Record<string, unknown>>,
  notes: string[],
): { readonly checked: CheckedOptions } | { readonly problem: string; readonly code: ConfigErrorCode } {
  const read = readAll(options, READERS)
  if ('problem' in read) return read
  if (read.notes !== undefined) notes.push(...read.notes)
  return { checked: read.value }
}

function readAll<Options extends object>(
  given: Readonly<Record<string, unknown>>,
  readers: Readers<Options>,
): ReadField<Options> {
  const checked: Record<string, unknown> = {}
  const notes: string[] = []
  for (const [name, readOption] of Object.entries(readers)) {
    const read = (readOption as (value: unknown) => ReadField<unknown>)(given[name])
    if ('problem' in read) return read
    if (read.notes !== undefined) notes.push(...read.notes)
    checked[name] = read.value
  }
  return { value: checked as Options, notes }
}

function readRate(value: unknown): ReadField<number | undefined> {
  if (value === undefined) return { value }
  const isRate =
    Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_PINGS_PER_MINUTE
  if (isRate) return { value: value as number }
  const given = typeof value === 'number' ? String(value) : kindOf(value)
  const problem = `delivery.ratePerMinute is ${given}; it is a whole number from 1 to ${MAX_PINGS_PER_MINUTE}`
  return { problem, code: 'ERR_OPTION_RANGE' }
}

/** Only whether it is a path; what stands there is looked at when it is used, and may change meanwhile. */
function readDirectory(value: unknown): ReadField<string | undefined> {
  if (value === undefined || (typeof value === 'string' && value !== '')) return { value }
  const problem = `delivery.spoolDirectory is ${value === '' ? 'empty' : kindOf(value)}; it is the absolute path of a directory`
  return { problem, code: 'ERR_OPTION_TYPE' }
}

/** What Node's client asks of an agent before it uses it. */
function readAgent(value: unknown): ReadField<HttpAgent | undefined> {
  if (value === undefined || hasMethod(value, 'addRequest')) return { value: value as HttpAgent | undefined }
  const problem = `agent must be an https.Agent or a proxy agent, got ${kindOf(value)}`
  return { problem, code: 'ERR_OPTION_TYPE' }
}

function readTransport(value: unknown): ReadField<PingTransport | undefined> {
  if (value === undefined || hasMethod(value, 'open')) return { value: value as PingTransport | undefined }
  const problem = `transport must be what undiciTransport(dispatcher) of @crontify/sdk/undici returns, got ${kindOf(value)}`
  return { problem, code: 'ERR_OPTION_TYPE' }
}

function hasMethod(value: unknown, name: string): boolean {
  try {
    return (
      typeof value === 'object' &&
      value !== null &&
      typeof (value as Readonly<Record<string, unknown>>)[name] === 'function'
    )
  } catch {
    // A getter or a proxy that throws.
    return false
  }
}

function readRedact(value: unknown): ReadField<RedactOption> {
  if (value === undefined || value === false || typeof value === 'function')
    return { value: value as RedactOption }
  const accepted = 'it is a function from text to text, or false for none'
  return { problem: `redact is ${kindOf(value)}; ${accepted}`, code: 'ERR_REDACT' }
}

export function readMonitorId(value: unknown): ReadField<string> {
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

function readFunction<Fn>(name: string, wanted: string, value: unknown): ReadField<Fn | undefined> {
  if (value === undefined || typeof value === 'function') return { value: value as Fn | undefined }
  return { problem: `${name} is ${kindOf(value)}; it is a function ${wanted}`, code: 'ERR_OPTION_TYPE' }
}

export function isLogger(value: unknown): value is Logger {
  return hasMethod(value, 'warn')
}
