import type { Meta, PingKind } from '@crontify/protocol'
import type { PingOnItsWay } from '../../delivery/delivery.ts'
import type { OpenRunRecord } from '../../disk/journal/open-run-record.ts'

/** What the end of a run says. Texts are redacted and cut by whoever sends them. */
export interface RunEnd {
  readonly kind: Exclude<PingKind, 'start'>
  readonly meta: Meta
  readonly message?: string | undefined
  readonly log?: string | undefined
}

/** Where the pings of a monitor's runs go. Nothing here throws; `undefined` where nothing is sent. */
export interface RunPings {
  /** True once no new run is taken: ends of runs that were open before are. */
  isClosed(): boolean
  start(runId: string): PingOnItsWay | undefined
  /** A run continues here whose start was sent before. */
  adopt(runId: string): void
  end(
    runId: string,
    end: RunEnd,
    about: {
      /** False for a run that began after the client was closed. */
      readonly isTaken: boolean
      readonly closesAnyRun: boolean
      readonly record: OpenRunRecord | undefined
    },
  ): PingOnItsWay | undefined
  /** Writes the run into the crash journal; `undefined` without a spool. */
  journal(runId: string): OpenRunRecord | undefined
  /** Milliseconds that a caller should wait for the end of a run to be delivered: 0 while it would not be sent anyway. */
  endWaitMs(): number
  /** Resolves when no ping of this monitor is on its way. Never rejects. */
  idle(): Promise<unknown>
}
