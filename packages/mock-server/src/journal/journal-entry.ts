import type { Meta, MonitorDefinition, PingKind } from '@crontify/protocol'
import type { FaultEffect } from '../faults/fault.ts'
import type { IsoInstant } from '../time-texts.ts'

/** Why a request was refused. */
export type RefusalReason =
  | 'unknownPath'
  | 'wrongMethod'
  | 'wrongHost'
  | 'wrongKey'
  | 'unknownMonitor'
  | 'badBody'
  | 'badHeader'
  | 'bodyTooLarge'
  | 'notHttp'
  | 'serverError'
  /** Over the rate limit: the sender did nothing that the server does not expect. */
  | 'rateLimited'
  /** A log was asked for that is not there. */
  | 'noLog'

/** What a ping said, as far as alerts depend on it: of a log only the snippet that they show. */
export interface JournalPing {
  readonly runId: string
  /** For when it counts. */
  readonly at: IsoInstant
  readonly meta?: Meta
  readonly errorMessage?: string
  readonly logSnippet?: string
}

/** One request to the public API, with what became of it. No key is in it. */
export interface JournalRequest {
  readonly type: 'request'
  /** Counts all entries from 1, also those that were forgotten. */
  readonly number: number
  readonly at: IsoInstant
  readonly method: string
  readonly path: string
  readonly monitorId?: string
  readonly kind?: PingKind
  /** Present where `Idempotency-Key`, `X-Client-Run-Id` or `X-Occurred-At` was sent. They have no effect. */
  readonly headers?: Readonly<Record<string, string>>
  readonly outcome: 'accepted' | 'refused' | 'faulted'
  /** Absent where no status reached the client. */
  readonly statusCode?: number
  readonly reason?: RefusalReason
  readonly message?: string
  /** True for what a test that sends the right things to the right place does not do. */
  readonly isUnexpected: boolean
  readonly fault?: { readonly id: string; readonly type: FaultEffect['type'] }
  /** Present where a ping took effect, also behind a fault. */
  readonly ping?: JournalPing
}

/** Something that the tester did between requests. */
export type JournalAct =
  | {
      readonly type: 'resumed' | 'removed'
      readonly number: number
      readonly at: IsoInstant
      readonly monitorId: string
    }
  | {
      readonly type: 'paused'
      readonly number: number
      readonly at: IsoInstant
      readonly monitorId: string
      readonly until?: IsoInstant
      readonly reason?: string
    }
  | {
      readonly type: 'acknowledged'
      readonly number: number
      readonly at: IsoInstant
      readonly monitorId: string
      readonly note?: string
    }
  | {
      readonly type: 'defined'
      readonly number: number
      readonly at: IsoInstant
      readonly monitorId: string
      readonly definition: MonitorDefinition
    }

/** What is in a journal. */
export type JournalEntry = JournalRequest | JournalAct

/** A journal as plain data, to be written to a file and replayed. */
export interface Journal {
  readonly version: 1
  /** Where the minutely look for missed and hung runs began. */
  readonly startedAt: IsoInstant
  readonly exportedAt: IsoInstant
  /** As they were when it was exported. */
  readonly monitors: readonly MonitorDefinition[]
  /** Oldest first. */
  readonly entries: readonly JournalEntry[]
  /** How many older entries were forgotten to bound memory. */
  readonly dropped: number
}
