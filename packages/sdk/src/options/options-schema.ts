import * as z from 'zod/mini'
import { DEFAULT_TIMEOUT_MS, isMonitorId, MAX_PINGS_PER_MINUTE } from '@crontify/protocol'
import type { OnEvent } from '../client/delivery-event.ts'
import type { ConfigErrorCode } from '../errors.ts'
import type { FetchLike } from '../http/fetch-transport.ts'
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
  readonly fetch: FetchLike | undefined
  readonly onEvent: OnEvent | undefined
  readonly redact: RedactOption
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

/** The checked options, or what is wrong with the first one that is. Notes on what was mended go to `notes`. */
export function checkOptions(
  options: unknown,
  notes: string[],
): { readonly checked: CheckedOptions } | { readonly problem: string; readonly code: ConfigErrorCode } {
  const result = optionsSchema(notes).safeParse(options)
  if (result.success) return { checked: result.data }
  const issue = result.error.issues[0]
  if (issue?.code === 'custom')
    return { problem: issue.message, code: issue.params?.['code'] as ConfigErrorCode }
  return { problem: `${issue?.path.join('.') ?? ''} is not an object of options`, code: 'ERR_OPTION_TYPE' }
}

/** What each option must be. Built anew for each client: constructing one is rare, and the notes belong to it. */
function optionsSchema(notes: string[]) {
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
    fetch: field((value) => readFunction<FetchLike>('fetch', 'like the global fetch', value)),
    redact: field(readRedact),
    onEvent: field((value) => readFunction<OnEvent>('onEvent', 'of one event', value)),
    delivery: z.object({
      startWaitMs: field((value) =>
        readMs('delivery.startWaitMs', value, { least: 0, most: 60_000, byDefault: DEFAULT_START_WAIT_MS }),
      ),
      endWaitMs: field((value) =>
        readMs('delivery.endWaitMs', value, { least: 0, most: 600_000, byDefault: DEFAULT_END_WAIT_MS }),
      ),
      attemptTimeoutMs: field((value) =>
        readMs('delivery.attemptTimeoutMs', value, {
          least: 100,
          most: 60_000,
          byDefault: DEFAULT_ATTEMPT_MS,
        }),
      ),
      wireHeaders: field((value) => readBoolean('delivery.wireHeaders', value, true)),
      ratePerMinute: field(readRate),
      atExit: field((value) => readBoolean('delivery.atExit', value, true)),
      handleSignals: field((value) => readBoolean('delivery.handleSignals', value, false)),
      spoolDirectory: field(readDirectory),
    }),
  })
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
  return typeof value === 'object' && value !== null && typeof (value as Partial<Logger>).warn === 'function'
}
