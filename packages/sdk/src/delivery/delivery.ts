import type { FailBody, PingKind, SuccessBody } from '@crontify/protocol'
import type { OpenRunRecord } from '../disk/journal/crash-records.ts'
import type { ExitDeliverer } from '../process-exit/exit-watch.ts'
import type { HeldPing } from './held-ping.ts'
import type { PingEnd } from './lanes.ts'
import type { FailedOutcome } from '../http/outcome-error.ts'

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
}

/** A ping on its way. Neither promise rejects. */
export interface PingOnItsWay {
  readonly kind: PingKind
  /** Resolves when the request was handed to the socket, or will never be. */
  readonly written: Promise<void>
  readonly end: Promise<PingEnd>
  /** How its latest attempt failed, if one did. */
  lastOutcome(): FailedOutcome | undefined
}

/** Called when an attempt failed and another one will follow. */
export type OnRetry = (ping: HeldPing, outcome: FailedOutcome, afterMs: number) => void

/** Gets the pings of one API key to the service: of all its monitors, in the order of each monitor. */
export interface Delivery extends ExitDeliverer {
  /** Writes down that a run is open; `undefined` without a spool. */
  openRun(monitorId: string, runId: string): OpenRunRecord | undefined
  send(ping: NewPing, onRetry: OnRetry): PingOnItsWay
  /** True if a ping handed over now would have to wait anyway, so that nobody should wait for it. */
  isParked(): boolean
  /** Resolves when no ping of this monitor is held any more. */
  idle(monitorId: string): Promise<void>
  /** How far the service's clock is ahead of ours, in milliseconds. */
  clockSkewMs(): number
  /** Gives up what this monitor holds. */
  drop(monitorId: string, reason: 'closed'): void
}
