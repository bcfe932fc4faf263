import type { FailBody, PingKind, SuccessBody } from '@crontify/protocol'

/** How much of a ping is still sent, after the service did not like the whole. */
export type Detail = 'full' | 'no-log' | 'bare'

/** A ping that waits to be delivered, as plain data. */
export interface HeldPing {
  /** The same for every attempt, so that a service that cares can tell a repetition: run id and kind. */
  readonly id: string
  readonly monitorId: string
  /** Names the run on this side; the service makes its own ids. */
  readonly runId: string
  readonly kind: PingKind
  readonly body: SuccessBody | FailBody | undefined
  /** When it happened, by the wall clock. */
  readonly occurredAt: number
  /** When it was handed over, by the monotonic clock; so are the following. */
  readonly queuedAt: number
  readonly expiresAt: number
  readonly notBefore: number
  /** How many attempts were made. */
  readonly attempts: number
  readonly detail: Detail
  /** Milliseconds that one attempt may take. */
  readonly timeoutMs: number
  /** Whether it may be sent while the process exits. */
  readonly atExit: boolean
}

/** Milliseconds for which a start is worth sending; its end tells more. */
export const START_LIFETIME_MS = 30_000

/**
 * Milliseconds for which an end is worth sending from memory.
 *
 * With the default grace a run without an end is hung after 10 minutes [D RUNS]; a quarter of an hour covers that and
 * a restart of the service.
 */
export const END_LIFETIME_MS = 900_000

/** True for the pings that end a run. */
export function isEnd(ping: Pick<HeldPing, 'kind'>): boolean {
  return ping.kind !== 'start'
}

/** True if the ping carries metadata. */
export function hasMeta(ping: Pick<HeldPing, 'body' | 'detail'>): boolean {
  return ping.detail !== 'bare' && ping.body?.meta !== undefined
}

/** Length of the log that would be sent, in UTF-16 code units. */
export function logLength(ping: Pick<HeldPing, 'body' | 'detail'>): number {
  if (ping.detail !== 'full' || ping.body === undefined || !('logOutput' in ping.body)) return 0
  return ping.body.logOutput?.length ?? 0
}
