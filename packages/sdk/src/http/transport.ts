/** One HTTP request, ready to be sent: everything in it is already checked. */
export interface PingRequest {
  /** Scheme, host and port: `https://api.crontify.com`. */
  readonly origin: string
  /** From the host's root, with any path of the base URL in front. */
  readonly path: string
  readonly method: 'POST'
  readonly headers: Readonly<Record<string, string>>
  /** JSON, or nothing. */
  readonly body: string | undefined
}

/** What came back. */
export type Reply =
  | {
      readonly type: 'response'
      readonly statusCode: number
      /** By lower-case name; of a repeated header the first value. */
      readonly headers: Readonly<Record<string, string>>
      /** What was read of the body, at most 64 KiB. */
      readonly body: string
    }
  | {
      readonly type: 'failure'
      /** False only if certainly no byte of the request left this process. */
      readonly written: boolean
      /** True if it ended because the signal was aborted. */
      readonly aborted: boolean
      /** True if no attempt can succeed: the transport does not work in this process. */
      readonly isPermanent?: boolean
      readonly error: unknown
    }

/** What a transport is given for one attempt. */
export interface Attempt {
  /** Aborted when the attempt's time is up: the transport then ends at once and lets go of its socket. */
  readonly signal: AbortSignal
  /** To be called once the whole request was handed to the socket. */
  readonly onWritten: () => void
}

/**
 * Sends one request and says how it ended.
 *
 * Never rejects, never follows a redirect, never retries, reads at most 64 KiB of an answer.
 */
export interface Transport {
  send(request: PingRequest, attempt: Attempt): Promise<Reply>
}

/** Most bytes of an answer that are read. The documented answers have about 200. [D PINGHTTP] */
export const MAX_REPLY_BYTES: number = 64 * 1024

/** Milliseconds that a body may take once the status is known; the status alone says what happened. */
export const REPLY_BODY_WAIT_MS = 250
