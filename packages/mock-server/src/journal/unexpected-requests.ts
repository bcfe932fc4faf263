import { AssertionError } from 'node:assert'
import type { JournalEntry, JournalRequest } from './journal-entry.ts'

const MAX_LISTED = 20

/**
 * Throws if a request came that a test which sends the right things to the right place does not send.
 *
 * @param dropped  Entries that were forgotten: what they were nobody knows any more.
 * @throws {AssertionError} listing the requests, each with what was wrong with it.
 */
export function assertNoUnexpected(entries: readonly JournalEntry[], dropped: number): void {
  const unexpected = entries.filter(
    (entry): entry is JournalRequest => entry.type === 'request' && entry.isUnexpected,
  )
  if (unexpected.length === 0) return
  const lines = unexpected.slice(0, MAX_LISTED).map(lineOf)
  const more = unexpected.length > MAX_LISTED ? [`… and ${unexpected.length - MAX_LISTED} more`] : []
  const forgotten = dropped === 0 ? [] : [`(${dropped} older requests were forgotten: see "keep.requests")`]
  throw new AssertionError({
    message: [
      `${unexpected.length} unexpected ${unexpected.length === 1 ? 'request' : 'requests'} reached the mock server:`,
      ...[...lines, ...more, ...forgotten].map((line) => `  ${line}`),
    ].join('\n'),
    actual: unexpected.length,
    expected: 0,
    stackStartFn: assertNoUnexpected,
  })
}

function lineOf({ at, method, path, statusCode, message }: JournalRequest): string {
  return `${at} ${method} ${path} → ${statusCode ?? 'no answer'}: ${message ?? ''}`
}
