import {
  isMonitorId,
  MAX_ERROR_MESSAGE_LENGTH,
  MAX_LOG_OUTPUT_LENGTH,
  readMeta,
  type FailBody,
  type PingKind,
  type SuccessBody,
} from '@crontify/protocol'

/** Where pings go, and as whom; the key itself is never written down. */
export interface Destination {
  /** Scheme, host and port. */
  readonly origin: string
  /** What of the base URL's path stands in front of `/api/v1`; empty for most. */
  readonly pathPrefix: string
  /** The first 8 hex digits of the key's SHA-256. */
  readonly keyFingerprint: string
}

/** The end of a run, kept until it can be delivered. A start is never kept: it would open a run that is long over. */
export interface SpoolRecord extends Destination {
  readonly version: 1
  /** The same at every delivery of this ping. */
  readonly id: string
  readonly monitorId: string
  readonly runId: string
  readonly kind: 'success' | 'fail'
  /** ISO-8601, UTC, with milliseconds. */
  readonly occurredAt: string
  readonly body?: SuccessBody | FailBody
}

/** A ping, as a delivery holds it. */
export interface SpoolablePing {
  readonly id: string
  readonly monitorId: string
  readonly runId: string
  readonly kind: PingKind
  readonly body: SuccessBody | FailBody | undefined
  /** Milliseconds since 1970. */
  readonly occurredAt: number
}

/** The record of an end. `undefined` for what is not kept: starts, and what no date can be given to. */
export function recordOf(ping: SpoolablePing, destination: Destination): SpoolRecord | undefined {
  const { id, monitorId, runId, kind, body } = ping
  const occurredAt = instantOf(ping.occurredAt)
  if (kind === 'start' || occurredAt === undefined) return undefined
  const record = { version: 1, id, monitorId, runId, kind, occurredAt, ...destination } as const
  return body === undefined ? record : { ...record, body }
}

/** `undefined` where the clock has been replaced by something that is not a time. */
export function instantOf(at: number): string | undefined {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

const FIELDS = [
  'version',
  'id',
  'monitorId',
  'runId',
  'kind',
  'occurredAt',
  'origin',
  'pathPrefix',
  'keyFingerprint',
  'body',
]
/** Ids go into headers. */
const ID = /^[A-Za-z0-9_.:-]{1,200}$/
const FINGERPRINT = /^[0-9a-f]{8}$/
const PATH_PREFIX = /^(?:\/[\w.~%!$&'()*+,;=:@-]+)*$/

/**
 * A record read back, or `undefined` if any part of it is not as we would have written it.
 *
 * Whoever can write the file could otherwise choose where our key goes, and what is said in our name.
 */
export function readSpoolRecord(value: unknown): SpoolRecord | undefined {
  const fields = plainFields(value, FIELDS)
  if (fields === undefined || fields['version'] !== 1) return undefined
  const { id, monitorId, runId, kind, occurredAt } = fields
  const destination = readDestination(fields)
  if (destination === undefined || !isText(id, ID) || !isText(runId, ID) || !isMonitorId(monitorId))
    return undefined
  if ((kind !== 'success' && kind !== 'fail') || !isInstant(occurredAt)) return undefined
  const record = { version: 1, id, monitorId, runId, kind, occurredAt, ...destination } as const
  if (fields['body'] === undefined) return record
  const body = readPingBody(fields['body'], kind)
  return body === undefined ? undefined : { ...record, body }
}

/** The three fields that say where to, or `undefined` if one of them cannot be. */
export function readDestination(fields: Readonly<Record<string, unknown>>): Destination | undefined {
  const { origin, pathPrefix, keyFingerprint } = fields
  if (typeof origin !== 'string' || !URL.canParse(origin) || new URL(origin).origin !== origin)
    return undefined
  if (!isText(pathPrefix, PATH_PREFIX) || !isText(keyFingerprint, FINGERPRINT)) return undefined
  return { origin, pathPrefix, keyFingerprint }
}

/** True if both are the same place, as the same key. */
export function isSameDestination(one: Destination, other: Destination): boolean {
  return (
    one.origin === other.origin &&
    one.pathPrefix === other.pathPrefix &&
    one.keyFingerprint === other.keyFingerprint
  )
}

/** An object's own fields, if it has no others than these. */
export function plainFields(
  value: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  if (!isObject(value)) return undefined
  return Object.keys(value).every((name) => known.includes(name)) ? { ...value } : undefined
}

/** True for an instant as `toISOString` writes it, between 2001 and 2286: with 13 digits of milliseconds. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || value.length !== 24) return false
  const at = Date.parse(value)
  return at >= 1e12 && at < 1e13 && new Date(at).toISOString() === value
}

export function isRunId(value: unknown): value is string {
  return isText(value, ID)
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}

function readPingBody(value: unknown, kind: 'success' | 'fail'): SuccessBody | FailBody | undefined {
  const fields = plainFields(value, kind === 'fail' ? ['errorMessage', 'meta', 'logOutput'] : ['meta'])
  if (fields === undefined) return undefined
  const { errorMessage, logOutput } = fields
  const { meta, dropped } = readMeta(fields['meta'])
  if (fields['meta'] !== undefined && !isObject(fields['meta'])) return undefined
  if (dropped.length > 0 || !isShort(errorMessage, MAX_ERROR_MESSAGE_LENGTH)) return undefined
  if (!isShort(logOutput, MAX_LOG_OUTPUT_LENGTH)) return undefined
  return {
    ...(errorMessage === undefined ? {} : { errorMessage }),
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
    ...(logOutput === undefined ? {} : { logOutput }),
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isShort(value: unknown, limit: number): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value.length <= limit)
}
