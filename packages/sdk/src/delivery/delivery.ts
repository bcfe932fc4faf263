import type { FailBody, PingKind, PingReceipt, SuccessBody } from '@crontify/protocol'
import type { OpenRunRecord } from '../disk/journal/open-run-record.ts'
import type { ExitDeliverer } from '../process-exit/exit-watch.ts'
import type { HeldPing } from './held-ping.ts'
import type { FailedOutcome } from '../http/outcome-error.ts'
import type { DropReason, PingState, SkipReason } from './rules/ping-state.ts'

/** One message about a run, as a monitor hands it over. */
export interface NewPing {
  readonly monitorId: string
  readonly runId: string
  readonly kind: PingKind
  readonly body: SuccessBody | FailBody | undefined
  /** Milliseconds for one attempt. */
  readonly timeoutMs: number
  /** Whether it may be sent while the process exits, which stops everything else. */
  readonly atExit: boolean
  /** An end that belongs to no run of this process: it closes whatever run is open. */
  readonly closesAnyRun?: boolean
  /** The journal's record of the run. It is removed when the end is delivered, spooled, or known to be useless. */
  readonly record?: OpenRunRecord | undefined
}

/** How a ping ended for good. */
export type PingEnd = { readonly state: Exclude<PingState, 'pending'> } & (
  | { readonly state: 'delivered'; readonly receipt: PingReceipt; readonly attempts: number }
  /** With the outcome of its last attempt, if there was one. */
  | { readonly state: 'dropped'; readonly reason: DropReason; readonly outcome: FailedOutcome | undefined }
  | { readonly state: 'skipped'; readonly reason: SkipReason }
  /** It waits on disk for a later process. */
  | { readonly state: 'spooled' }
)

/** A ping on its way. Neither promise rejects. */
export interface PingOnItsWay {
  readonly kind: PingKind
  /** Resolves when the request was handed to the socket, or will never be. */
  readonly written: Promise<void>
  readonly end: Promise<PingEnd>
  /** How its latest attempt failed so far, if one did. */
  readonly lastOutcome: FailedOutcome | undefined
}

/** Called when an attempt failed and another one will follow. */
export type OnRetry = (ping: HeldPing, outcome: FailedOutcome, afterMs: number) => void

/** Gets the pings of one API key to the service: of all its monitors, in the order of each monitor. */
export interface Delivery extends ExitDeliverer {
  /** Writes down that a run is open; `undefined` without a spool. */
  openRun(monitorId: string, runId: string): OpenRunRecord | undefined
  /** A run continues here whose start was sent before, perhaps by another process. */
  adoptRun(monitorId: string, runId: string): void
  send(ping: NewPing, onRetry: OnRetry): PingOnItsWay
  /** True if a ping handed over now would have to wait anyway, so that nobody should wait for it. */
  isParked(): boolean
  /** Resolves when no ping of this monitor is held anymore. */
  idle(monitorId: string): Promise<void>
  /** How far the service's clock is ahead of ours, in milliseconds. */
  clockSkewMs(): number
  /** Gives up what this monitor holds. */
  drop(monitorId: string, reason: 'closed'): void
}
