import type { PingKind } from '@crontify/protocol'
import type { Duration } from '../time-texts.ts'

/** What goes wrong with one answer. Spans are of the machine's time, also on a virtual clock: the client waits for real. */
export type FaultEffect =
  /** The ping takes effect at once; its answer comes this much later. */
  | { readonly type: 'latency'; readonly delay: Duration }
  /** Not one byte comes back, until the client hangs up or the server is closed. */
  | { readonly type: 'silence'; readonly taken?: boolean }
  /** The connection is reset (RST) instead of an answer. */
  | { readonly type: 'reset'; readonly taken?: boolean }
  /** The head of a good answer and half of its body; then the connection ends. */
  | { readonly type: 'halfAnswer'; readonly taken?: boolean }
  /** An answer with this status, 200 to 599, and the error envelope. */
  | {
      readonly type: 'status'
      readonly status: number
      /** As it stands in the header: seconds, or an HTTP date. */
      readonly retryAfter?: number | string
      /** For statuses 300 to 399: where the client is sent. */
      readonly location?: string
      readonly message?: string
      readonly taken?: boolean
    }
  /** A page for people, as a proxy or a captive portal sends it; without `status`, a 200. */
  | { readonly type: 'html'; readonly status?: number; readonly taken?: boolean }
  /** A good status over a body that begins as JSON and is none. */
  | { readonly type: 'brokenJson'; readonly taken?: boolean }
  /** Bytes that are not HTTP. */
  | { readonly type: 'garbage'; readonly taken?: boolean }
  /** A good status over a body without end. */
  | { readonly type: 'endlessBody'; readonly taken?: boolean }

/** Which requests a fault befalls; without any of these, every request to the public API. */
export interface FaultTarget {
  readonly monitorId?: string
  /** Pings of this kind only. */
  readonly kind?: PingKind
  /** So many matching requests are let through first. @default 0 */
  readonly skip?: number
  /** So many requests are befallen after them; then it is over. @default all, until it is removed */
  readonly times?: number
}

/**
 * A fault as it is asked for.
 *
 * `taken: true` lets the ping take effect although its answer is spoilt: the client cannot know. Without it, a ping that
 * meets a fault does nothing; latency is the exception, it always takes effect.
 */
export type Fault = FaultEffect & FaultTarget

/** A fault that has been added, and how far it has come. */
export type ListedFault = Fault & {
  /** For {@link Faults.remove}. */
  readonly id: string
  /** Matching requests that were let through because of `skip`. */
  readonly skipped: number
  /** Requests that it befell. */
  readonly hits: number
  /** Whether it has befallen as many requests as it was to. */
  readonly isOver: boolean
}

/** What goes wrong on purpose. No chance is involved: the same requests meet the same faults. */
export interface Faults {
  /**
   * Adds a fault behind those that are there. Of several that match a request, the first that is not over counts.
   *
   * @throws {CrontifyMockError} naming the field, its value and what is accepted.
   * @example
   * server.faults.add({ type: 'status', status: 503, retryAfter: 2, monitorId: 'nightly-sync', times: 3 })
   */
  add(fault: Fault): ListedFault
  /** Takes a fault back, at whatever point it is; false where there is none with this id. */
  remove(id: string): boolean
  /** In the order in which they were added; those that are over stay, with their counts. */
  list(): readonly ListedFault[]
  clear(): void
}
