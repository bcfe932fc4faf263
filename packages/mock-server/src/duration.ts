import { DURATION_ACCEPTED, parseDuration } from '@crontify/protocol'
import { CrontifyMockError } from './mock-error.ts'
import type { Duration } from './time-texts.ts'

/**
 * The milliseconds of a span, rounded to whole ones.
 *
 * @throws {CrontifyMockError} when it is neither a finite number of 0 or more nor a text such as `'1h30m'`.
 */
export function durationMsOf(duration: Duration): number {
  const durationMs = typeof duration === 'string' ? parseDuration(duration) : duration
  if (typeof durationMs === 'number' && Number.isFinite(durationMs) && durationMs >= 0) {
    return Math.round(durationMs)
  }
  const given = typeof duration === 'string' ? JSON.stringify(duration) : String(duration)
  throw new CrontifyMockError(
    'ERR_INVALID',
    `A duration must be milliseconds (0 or more) or ${DURATION_ACCEPTED}, got ${given}`,
  )
}
