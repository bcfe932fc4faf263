import type { PingKind } from '@crontify/protocol'
import type { DropReason, SkipReason } from '../delivery/rules/ping-state.ts'
import type { CrontifyError } from '../errors.ts'
import type { RunEvent } from './life/run-event.ts'

/** Which ping an event is about. */
interface AboutPing {
  readonly monitorId: string
  readonly kind: PingKind
  /** Names the run on this side. */
  readonly runId: string
}

/** What became of a ping, as told to `onEvent`. */
export type DeliveryEvent =
  /** The service took it. */
  | (AboutPing & { readonly type: 'delivered'; readonly attempts: number })
  /** An attempt failed, and another one follows. */
  | (AboutPing & {
      readonly type: 'retried'
      readonly attempts: number
      readonly error: CrontifyError
      readonly waitMs: number
    })
  /** It was given up. */
  | (AboutPing & {
      readonly type: 'dropped'
      readonly reason: DropReason
      /** Why its last attempt failed, if there was one. */
      readonly error?: CrontifyError
    })
  /** It was not needed. */
  | (AboutPing & { readonly type: 'skipped'; readonly reason: SkipReason })
  /** It was put on disk, for a later process to deliver. */
  | (AboutPing & { readonly type: 'spooled' })
  | RunEvent

/** Hears of every event. What it throws is swallowed. */
export type OnEvent = (event: DeliveryEvent) => void
