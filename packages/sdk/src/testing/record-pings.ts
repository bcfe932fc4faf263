import { PING_KINDS, readMeta, type PingKind } from '@crontify/protocol'
import type { FetchLike } from '../http/fetch-transport.ts'
import type { RecordedPing } from './recorded-ping.ts'
import { assertFailed, assertNothingPinged, assertSucceeded } from './ping-assertions.ts'

/** Stands for the service in unit tests: keeps every ping and answers it, without any network. */
export interface PingRecorder {
  /** For a client: `new CrontifyMonitor({ ...pings.options, monitorId })`. */
  readonly options: { readonly apiKey: string; readonly baseUrl: string; readonly fetch: FetchLike }
  /** All pings so far, oldest first; those of one monitor, if one is named. */
  all(monitorId?: string): readonly RecordedPing[]
  /**
   * The end of the monitor's last run, which has to be a success with at least these metadata.
   *
   * @throws {Error} named `AssertionError` and listing what was pinged, if it is not.
   */
  assertSucceeded(monitorId: string, meta?: Readonly<Record<string, number>>): RecordedPing
  /**
   * The end of the monitor's last run, which has to be a failure whose message contains or matches this one.
   *
   * @throws {Error} named `AssertionError` and listing what was pinged, if it is not.
   */
  assertFailed(monitorId: string, message?: string | RegExp): RecordedPing
  /** @throws {Error} named `AssertionError` and listing what was pinged, if there was any ping. */
  assertNothingPinged(monitorId?: string): void
  /** Forgets what was recorded. */
  clear(): void
}

/** How the recorder answers. */
export interface RecorderOptions {
  /**
   * Makes the HTTP status of the answer to a ping, to see what a program does without the service. A recorder that
   * refuses still records.
   *
   * @default 200 for each
   */
  readonly status?: ((ping: RecordedPing) => number) | undefined
}

/** This very machine, where no rate limit applies. */
const BASE_URL = 'http://127.0.0.1'
const API_KEY = 'ck_test_recorded_pings'
const STATUSES: Readonly<Record<PingKind, string>> = { start: 'running', success: 'success', fail: 'failed' }

/**
 * Makes a recorder for one test. It holds no timer and no socket; tests of one process do not share what they record.
 *
 * For what the service would make of the pings, such as alerts, take the local Crontify of `@crontify/mock-server`.
 *
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { recordPings } from '@crontify/sdk/testing'
 *
 * const pings = recordPings()
 * const monitor = new CrontifyMonitor({ ...pings.options, monitorId: 'user-sync' })
 * await monitor.wrap((run) => run.meta({ records_processed: 3 }))
 * pings.assertSucceeded('user-sync', { records_processed: 3 })
 */
export function recordPings({ status = () => 200 }: RecorderOptions = {}): PingRecorder {
  const pings: RecordedPing[] = []
  const fetch: FetchLike = async (url, init) => {
    const ping = recordedPing(url, init)
    pings.push(ping)
    return answerTo(ping, status(ping))
  }
  return {
    options: { apiKey: API_KEY, baseUrl: BASE_URL, fetch },
    all: (monitorId) => pings.filter((ping) => monitorId === undefined || ping.monitorId === monitorId),
    assertSucceeded: (monitorId, meta) => assertSucceeded(pings, monitorId, meta),
    assertFailed: (monitorId, message) => assertFailed(pings, monitorId, message),
    assertNothingPinged: (monitorId) => assertNothingPinged(pings, monitorId),
    clear: () => void pings.splice(0),
  }
}

function recordedPing(url: string, init: RequestInit): RecordedPing {
  const [monitorId = '', kind = ''] = new URL(url).pathname.split('/').slice(-2)
  const body = (typeof init.body === 'string' ? JSON.parse(init.body) : {}) as Readonly<
    Record<string, unknown>
  >
  const text = (name: string): string | undefined => (typeof body[name] === 'string' ? body[name] : undefined)
  return {
    monitorId: decodeURIComponent(monitorId),
    kind: PING_KINDS.find((known) => known === kind) ?? 'start',
    runId: new Headers(init.headers).get('X-Client-Run-Id') ?? undefined,
    meta: readMeta(body['meta']).meta,
    message: text('errorMessage'),
    log: text('logOutput'),
  }
}

function answerTo({ monitorId, kind, runId = 'run' }: RecordedPing, status: number): Response {
  const isTaken = status >= 200 && status < 300
  const data = { received: true, monitorId, runId, status: STATUSES[kind] }
  const body = isTaken ? { success: true, data } : { success: false, error: { statusCode: status } }
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}
