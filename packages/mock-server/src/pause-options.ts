import { instantOf } from './iso-instant.ts'
import { CrontifyMockError } from './mock-error.ts'
import type { PauseOptions } from './mock-server.ts'
import { isoInstant } from './views.ts'

/** Longest reason of a pause and note of an acknowledgment, in characters. */
export const MAX_TEXT_LENGTH = 500

/**
 * Checks when a pause ends and why it was begun.
 *
 * @throws {CrontifyMockError} if the end is no instant or not in the future, or the reason is empty or too long.
 */
export function checkedPause({ until, reason }: PauseOptions, now: string): PauseOptions {
  const text = checkedText('reason', reason)
  const end = until === undefined ? undefined : instantOf(until)
  if (until !== undefined && (end === undefined || end <= Date.parse(now)))
    throw new CrontifyMockError(
      'ERR_INVALID',
      `"until" must be an ISO-8601 instant with a time zone, after now (${now}), got ${JSON.stringify(until)}`,
    )
  return {
    ...(end === undefined ? {} : { until: isoInstant(end) }),
    ...(text === undefined ? {} : { reason: text }),
  }
}

/**
 * Checks a text that a person wrote; `undefined` stays `undefined`.
 *
 * @throws {CrontifyMockError} if it is empty or too long.
 */
export function checkedText(field: string, value: unknown): string | undefined {
  if (value === undefined) return undefined
  const text = typeof value === 'string' ? value.trim() : ''
  if (text !== '' && text.length <= MAX_TEXT_LENGTH) return text
  throw new CrontifyMockError(
    'ERR_INVALID',
    `"${field}" must be a text of 1 to ${MAX_TEXT_LENGTH} characters`,
  )
}
