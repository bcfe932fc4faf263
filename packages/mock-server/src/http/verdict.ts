import type { RefusalReason } from '../journal/journal-entry.ts'
import type { IncomingPing } from '../monitor-registry.ts'
import { type Answer, type RefusalStatus, refusal } from './api-answers.ts'

/** What the API makes of a request, before a fault spoils the answer. */
export interface Verdict {
  readonly answer: Answer
  readonly refusal?: { readonly reason: RefusalReason; readonly message: string }
  /** The ping that took effect. */
  readonly ping?: IncomingPing & { readonly runId: string; readonly at: string }
}

/** A refusal, in the form that the client gets and in the form that the journal keeps. */
export function refused(
  reason: RefusalReason,
  statusCode: RefusalStatus,
  message: string,
  headers?: Readonly<Record<string, string>>,
): Verdict {
  return { answer: refusal(statusCode, message, headers), refusal: { reason, message } }
}
