import { type TestAlert, channelsFor } from '@crontify/alert-engine'
import type { ChannelDefinition, MonitorDefinition } from '@crontify/protocol'
import { CrontifyMockError } from '../mock-error.ts'
import type { MockAlert } from '../mock-records.ts'
import type { Deliverer } from './deliver.ts'
import { downtimeNoticeOf, type Notice, noticeOf, testNoticeOf } from './notice.ts'
import type { Notification } from './notification.ts'
import type { Outbox } from './outbox.ts'

/** Brings alerts to their channels. */
export interface Notifier {
  notify(alert: MockAlert, definition: MonitorDefinition): void
  /** Sends each channel one notification about all of these alerts that it would get. */
  summarize(alerts: readonly MockAlert[], definitionOf: (monitorId: string) => MonitorDefinition): void
  /** @throws {CrontifyMockError} for an unknown channel, naming the known ones. */
  sendTest(channelId: string): Notification
}

/** What a notifier needs from around it. */
export interface NotifierDependencies {
  readonly channels: () => readonly ChannelDefinition[]
  readonly outbox: Outbox
  /** `undefined` where nothing leaves this machine. */
  readonly deliverer: Deliverer | undefined
  readonly testAlert: (channel: ChannelDefinition) => TestAlert
  readonly onNotification: (notification: Notification) => void
}

/** Creates a notifier over an outbox. */
export function createNotifier(dependencies: NotifierDependencies): Notifier {
  const { channels, outbox, deliverer, testAlert, onNotification } = dependencies

  function send(notice: Notice, channel: ChannelDefinition): Notification {
    const url = deliverer === undefined ? undefined : urlOf(channel)
    const notification = outbox.add(notice, channel, url === undefined ? 'kept' : 'waiting')
    onNotification(notification)
    if (url !== undefined) deliverer?.deliver(notification, url)
    return notification
  }

  return {
    notify(alert, definition) {
      if (alert.suppressed !== undefined) return
      const notice = noticeOf(alert, definition)
      for (const channel of channelsFor({ severity: alert.severity }, definition, channels())) {
        send(notice, channel)
      }
    },
    summarize(alerts, definitionOf) {
      const byChannel = new Map<ChannelDefinition, MockAlert[]>()
      for (const alert of alerts) {
        for (const channel of channelsFor(
          { severity: alert.severity },
          definitionOf(alert.monitorId),
          channels(),
        )) {
          byChannel.set(channel, [...(byChannel.get(channel) ?? []), alert])
        }
      }
      for (const [channel, its] of byChannel) {
        const [only] = its
        send(
          its.length === 1 && only !== undefined
            ? noticeOf(only, definitionOf(only.monitorId))
            : downtimeNoticeOf(its),
          channel,
        )
      }
    },
    sendTest(channelId) {
      const channel = channels().find(({ id }) => id === channelId)
      if (channel !== undefined) return send(testNoticeOf(testAlert(channel)), channel)
      const ids = channels().map(({ id }) => id)
      throw new CrontifyMockError(
        'ERR_NOT_FOUND',
        `There is no channel ${JSON.stringify(channelId)}; ` +
          (ids.length === 0 ? 'this server has none' : `this server has ${ids.join(', ')}`),
      )
    },
  }
}

/** Where a notification can be posted; mail and PagerDuty stay in the outbox. */
function urlOf(channel: ChannelDefinition): string | undefined {
  switch (channel.kind) {
    case 'slack':
    case 'discord':
    case 'webhook':
      return channel.url
    case 'email':
    case 'pagerduty':
      return undefined
  }
}
