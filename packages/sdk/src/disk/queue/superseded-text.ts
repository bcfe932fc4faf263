import type { LeftBehind } from '../journal/left-behind.ts'

/** Longest piece of a failure's own message, in characters. */
const MAX_QUOTE = 200

/** Says in the log what Crontify is not told any more. */
export function supersededText({ monitorId, occurredAt, body }: LeftBehind['ping']): string {
  const message = body !== undefined && 'errorMessage' in body ? body.errorMessage : undefined
  const quoted = message === undefined ? '' : `: ${message.slice(0, MAX_QUOTE)}`
  return (
    `A failed run of "${monitorId}" of ${new Date(occurredAt).toISOString()} could not be reported in time, and ` +
    `is not any more: a later run has ended since, and a late failure would pass for the last word${quoted}`
  )
}
