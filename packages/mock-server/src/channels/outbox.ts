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
  /** Oldest first. */
  all(): Notification[]
  dropped(): number
  clear(): void
}

/** Creates an empty outbox for so many notifications. */
export function createOutbox(limit: number): Outbox {
  const kept = new Map<string, Notification>()
  let added = 0
  let dropped = 0
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
      kept.set(notification.id, notification)
      for (const oldest of kept.keys()) {
        if (kept.size <= limit) break
        kept.delete(oldest)
        dropped += 1
      }
      return notification
    },
    update(id, delivery) {
      const notification = kept.get(id)
      if (notification !== undefined) kept.set(id, Object.freeze({ ...notification, delivery }))
    },
    all: () => [...kept.values()],
    dropped: () => dropped,
    clear() {
      kept.clear()
      dropped = 0
    },
  }
}

function aboutOf({ alertType, severity, at, monitorId, runId }: Notice): {
  readonly alertType: Notice['alertType']
  readonly severity: Notice['severity']
  readonly at: IsoInstant
  readonly monitorId?: string
  readonly runId?: string
} {
  return {
    alertType,
    severity,
    at,
    ...(monitorId === undefined ? {} : { monitorId }),
    ...(runId === undefined ? {} : { runId }),
  }
}
