/** Where the SDK sends pings unless told otherwise. The path prefix is not part of it. [D API] */
export const DEFAULT_BASE_URL = 'https://api.crontify.com'

/** Stands between the base URL and every path. [D PINGHTTP; that the SDK adds it is I] */
export const API_PREFIX = '/api/v1'

/** Carries the API key on every request. [D PINGHTTP, KEYS] */
export const API_KEY_HEADER = 'X-API-Key'

/** What a ping says about a run. [D PINGHTTP] */
export type PingKind = 'start' | 'success' | 'fail'

/** The three ping kinds, in the order in which a run sends them. */
export const PING_KINDS: readonly PingKind[] = ['start', 'success', 'fail']

/**
 * The path of a ping, from the host's root: `/api/v1/ping/nightly-backup/start`.
 *
 * The id is percent-encoded. `.` and `..` cannot be: check it with {@link isMonitorId} first.
 */
export function pingPath(monitorId: string, kind: PingKind): string {
  return `${API_PREFIX}/ping/${encodeURIComponent(monitorId)}/${kind}`
}

/** The path of a failed run's log, from the host's root. [D PINGHTTP; who may read it is ?] */
export function runLogPath(monitorId: string, runId: string): string {
  return `${API_PREFIX}/monitors/${encodeURIComponent(monitorId)}/runs/${encodeURIComponent(runId)}/log`
}
