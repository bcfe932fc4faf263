import type { AlertType, ChannelKind, Severity } from '@crontify/protocol'
import type { IsoInstant } from '../time-texts.ts'

/** What a channel gets, by its kind. Secrets of the channel, addresses and keys, are not part of it. */
export type Rendered =
  | {
      readonly kind: 'email'
      readonly to: string
      readonly subject: string
      readonly text: string
      readonly html: string
    }
  /** The JSON body of the request that the channel's address gets. */
  | { readonly kind: Exclude<ChannelKind, 'email'>; readonly body: Readonly<Record<string, unknown>> }

/** One try to hand a notification over. */
export interface DeliveryAttempt {
  readonly at: IsoInstant
  /** `HTTP 204`, or why there was no answer. */
  readonly outcome: string
}

/** How far a notification has come. */
export interface Delivery {
  /**
   * `kept`: it stays in the outbox, because `deliver` is off or the kind is never sent from here; `waiting`: to be sent,
   * or to be sent again; `delivered`; `failed`: given up.
   */
  readonly state: 'kept' | 'waiting' | 'delivered' | 'failed'
  readonly attempts: readonly DeliveryAttempt[]
}

/** One alert on one channel, as a real one would show it. */
export type Notification = Rendered & {
  readonly id: string
  readonly channelId: string
  readonly at: IsoInstant
  readonly alertType: AlertType
  readonly severity: Severity
  /** Absent on a test alert, which is about no monitor, and on a summary. */
  readonly monitorId?: string
  /** Present on a summary of what several monitors missed while the server was not running. */
  readonly monitorIds?: readonly string[]
  readonly runId?: string
  readonly delivery: Delivery
}
