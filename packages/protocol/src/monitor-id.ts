import { MAX_MONITOR_ID_LENGTH } from './limits.ts'

const MONITOR_ID = /^[A-Za-z0-9_-]+$/

/**
 * True for an id that can stand in a path as it is: letters, digits, `_` and `-`, 1 to 128 of them.
 *
 * The service shows ids of letters and digits [D PINGHTTP] and documents no rule; this one keeps `..` and `/`,
 * which a URL parser would turn into another path, out of every request. [I]
 */
export function isMonitorId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_MONITOR_ID_LENGTH && MONITOR_ID.test(value)
}
