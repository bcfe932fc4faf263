import type { ChannelDefinition } from '@crontify/protocol'
import type { IsoInstant } from '../time-texts.ts'
import type { Notice } from './notice.ts'
import type { Delivery, Notification } from './notification.ts'
import { render } from './render.ts'

/** Every notification that a channel got, or would have got; bounded. */
export interface Outbox {
  /** Renders a notice for a channel and puts it in. */
  add(notice: Notice, channel: ChannelDefinition, state: 'kept' | 'waiting'): Notification
  /** Replaces what is known of a notification's way; does nothing for one that is forgotten. */
  update(id: string, delivery: Delivery): void
  /** Puts in what an earlier server had, oldest first. Of the time up to `unknownUntil`, nothing is known. */
  restore(notifications: readonly Notification[], unknownUntil?: IsoInstant): void
  /** Oldest first. */
  all(): Notification[]
  dropped(): number
  /** Up to this instant there may have been others; `undefined` where all are here. */
  completeAfter(): IsoInstant | undefined
  clear(): void
}

/**
 * Creates an empty outbox for so many notifications.
 *
 * @param onChange  Called with each notification that is new, or of whose way more is known.
 */
export function createOutbox(limit: number, onChange: (notification: Notification) => void): Outbox {
  const kept = new Map<string, Notification>()
  let added = 0
  let dropped = 0
  let completeAfter: IsoInstant | undefined
  const put = (notification: Notification): void => {
    kept.set(notification.id, notification)
    for (const [id, { at }] of kept) {
      if (kept.size <= limit) break
      kept.delete(id)
      dropped += 1
      completeAfter = at
    }
  }
  return {
    add(notice, channel, state) {
      added += 1
      const notification = Object.freeze({
        id: `notification-${added}`,
        channelId: channel.id,
        ...aboutOf(notice),
        ...render(notice, channel),
        delivery: Object.freeze({ state, attempts: Object.freeze([]) }),
      })
      put(notification)
      onChange(notification)
      return notification
    },
    update(id, delivery) {
      const before = kept.get(id)
      if (before === undefined) return
      const notification = Object.freeze({ ...before, delivery })
      kept.set(id, notification)
      onChange(notification)
    },
    restore(notifications, unknownUntil) {
      completeAfter = unknownUntil
      for (const notification of notifications) put(Object.freeze(stopped(notification)))
      // Ids go on where they were: the last number is at the end of one.
      added = Math.max(0, ...notifications.map(({ id }) => Number(/\d+$/.exec(id)?.[0] ?? 0)))
      if (notifications.length >= limit) completeAfter = notifications[0]?.at
    },
    all: () => [...kept.values()],
    dropped: () => dropped,
    completeAfter: () => completeAfter,
    clear() {
      kept.clear()
      dropped = 0
      completeAfter = undefined
    },
  }
}

/** As it stands after a restart: no server goes on with what another one was sending. */
function stopped(notification: Notification): Notification {
  const { state, attempts } = notification.delivery
  if (state !== 'waiting') return notification
  const last = { at: notification.at, outcome: 'the server stopped before it was delivered' }
  return { ...notification, delivery: { state: 'failed', attempts: [...attempts, last] } }
}

function aboutOf({ alertType, severity, at, monitorId, monitorIds, runId }: Notice): {
  readonly alertType: Notice['alertType']
  readonly severity: Notice['severity']
  readonly at: IsoInstant
  readonly monitorId?: string
  readonly monitorIds?: readonly string[]
  readonly runId?: string
} {
  return {
    alertType,
    severity,
    at,
    ...(monitorId === undefined ? {} : { monitorId }),
    ...(monitorIds === undefined ? {} : { monitorIds }),
    ...(runId === undefined ? {} : { runId }),
  }
}
