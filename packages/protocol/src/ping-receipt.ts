/**
 * What the service answered to a ping. [D PINGHTTP]
 *
 * Only `monitorId` is certain: an answer without a readable body still means that the ping was taken.
 */
export interface PingReceipt {
  /** True where the service said so; false where it gave no readable body. */
  readonly received: boolean
  readonly monitorId: string
  /** The service's id of the run that this ping belongs to. */
  readonly runId?: string
  /** `running` after a start, `success`, or `failed` after a fail; other words are passed on as they came. */
  readonly status?: 'running' | 'success' | 'failed' | (string & {})
  /** When the service took the ping: ISO-8601, UTC, with milliseconds. */
  readonly timestamp?: string
}

/** How an answer with a good status reads. */
export type ReadReceipt =
  /** The documented envelope. */
  | { readonly type: 'receipt'; readonly receipt: PingReceipt }
  /** `success: false` under a good status. */
  | { readonly type: 'denied' }
  /** JSON, but not of this service. */
  | { readonly type: 'foreign' }

/**
 * Reads the body of an answer with a good status, by own properties of the right type only: unknown fields are
 * ignored, missing ones allowed. Never throws on parsed JSON.
 */
export function readReceipt(body: unknown, monitorId: string): ReadReceipt {
  if (!isRecord(body) || !Object.hasOwn(body, 'success')) return { type: 'foreign' }
  if (body['success'] !== true) return { type: 'denied' }
  const data: Readonly<Record<string, unknown>> = isRecord(body['data']) ? body['data'] : {}
  const runId = ownString(data, 'runId')
  const status = ownString(data, 'status')
  const timestamp = ownString(data, 'timestamp')
  return {
    type: 'receipt',
    receipt: {
      received: Object.hasOwn(data, 'received') ? data['received'] === true : true,
      monitorId: ownString(data, 'monitorId') ?? monitorId,
      ...(runId === undefined ? {} : { runId }),
      ...(status === undefined ? {} : { status }),
      ...(timestamp === undefined ? {} : { timestamp }),
    },
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function ownString(record: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = Object.hasOwn(record, name) ? record[name] : undefined
  return typeof value === 'string' ? value : undefined
}
