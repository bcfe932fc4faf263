import type { PingReceipt } from '@crontify/protocol'

/** Why a ping cannot have reached the service, or why nobody knows. Stable words, for programs. */
export type FailureReason =
  | 'name-not-found'
  | 'refused'
  | 'unreachable'
  | 'connect-timeout'
  | 'tls'
  | 'proxy'
  | 'reset'
  | 'timeout'
  | 'bad-answer'
  | 'closed'
  /** The transport does not work in this process, and no further attempt will change that. */
  | 'unusable-transport'
  | 'other'

/** How the sending of one ping ended. */
export type Outcome =
  /** The service took the ping. */
  | { readonly type: 'accepted'; readonly statusCode: number; readonly receipt: PingReceipt }
  /** The service answered no, and would answer no again. */
  | { readonly type: 'refused'; readonly statusCode: number; readonly detail: string }
  /** The service asks to come back later; this ping had no effect. */
  | { readonly type: 'rate-limited'; readonly statusCode: number; readonly retryAfter: string | undefined }
  /** Somebody answered, but not this service: a login page, a wrong base URL. */
  | { readonly type: 'misrouted'; readonly statusCode: number; readonly detail: string }
  /** The ping certainly did not take effect. */
  | { readonly type: 'unsent'; readonly reason: FailureReason; readonly cause: FailureCause }
  /** The ping may or may not have taken effect. */
  | {
      readonly type: 'unknown'
      readonly reason: FailureReason
      readonly statusCode: number | undefined
      readonly cause: FailureCause
    }

/** What is kept of a foreign error: never the error itself, which may carry the request and with it the key. */
export interface FailureCause {
  readonly code: string | undefined
  readonly message: string
}
