import type { Acknowledgment } from './acknowledgments.ts'
import type { createDeliverer } from './channels/deliver.ts'
import type { createNotifier } from './channels/notifier.ts'
import type { createOutbox } from './channels/outbox.ts'
import { type createDefinitions, removeChannel, withOne } from './definitions.ts'
import type { createFaultList } from './faults/fault-list.ts'
import type { createHistory } from './history.ts'
import type { createJournalList } from './journal/journal-list.ts'
import { assertNoUnexpected } from './journal/unexpected-requests.ts'
import { CrontifyMockError } from './mock-error.ts'
import type { MockServer } from './mock-server.ts'
import { checkedPause, checkedText } from './pause-options.ts'
import type { createMonitorRegistry } from './monitor-registry.ts'
import type { Settings } from './settings.ts'
import type { createSubscribers } from './subscribers.ts'
import { explain } from './testing/explain.ts'
import type { createTimeline } from './testing/timeline.ts'
import type { IsoInstant } from './time-texts.ts'
import { channelView } from './views.ts'

/** What the methods of a mock server work on. */
export interface HandleParts {
  readonly settings: Settings
  readonly registry: ReturnType<typeof createMonitorRegistry>
  readonly definitions: ReturnType<typeof createDefinitions>
  readonly history: ReturnType<typeof createHistory>
  readonly journal: ReturnType<typeof createJournalList>
  readonly outbox: ReturnType<typeof createOutbox>
  readonly notifier: ReturnType<typeof createNotifier>
  readonly deliverer: ReturnType<typeof createDeliverer>
  readonly faults: ReturnType<typeof createFaultList>
  readonly timeline: ReturnType<typeof createTimeline>
  readonly subscribers: ReturnType<typeof createSubscribers>
  readonly controlToken: string
  readonly startedAt: IsoInstant
  readonly now: () => IsoInstant
  readonly tellAct: (act: Parameters<ReturnType<typeof createJournalList>['recordAct']>[0]) => void
  readonly fetch: MockServer['fetch']
  readonly advance: MockServer['advance']
  readonly hasOpenIncident: (monitorId: string) => boolean
  readonly onAcknowledged: (acknowledgment: Acknowledgment) => void
  /** Forgets what lies outside of these parts. */
  readonly onReset: () => void
}

/** A local Crontify as its user holds it, whatever way leads in. */
export function createHandle(
  parts: HandleParts,
): Omit<MockServer, 'url' | 'close' | typeof Symbol.asyncDispose> {
  const { settings, registry, definitions, history, journal, outbox, notifier, deliverer } = parts
  const { faults, timeline, subscribers, controlToken, startedAt, now, tellAct } = parts
  return {
    apiKey: settings.apiKeys[0],
    controlToken,
    fetch: parts.fetch,
    advance: parts.advance,
    now,
    alerts(monitorId) {
      if (monitorId !== undefined) registry.monitor(monitorId)
      return history.alerts(monitorId)
    },
    runs(monitorId) {
      registry.monitor(monitorId)
      return history.runs(monitorId)
    },
    pings: history.pings,
    define(definition) {
      const others = registry.monitors().map((monitor) => monitor.definition)
      definitions.replace({ monitors: withOne(others, definition) })
    },
    remove(id) {
      registry.monitor(id)
      const others = registry.monitors().map((monitor) => monitor.definition)
      definitions.replace({ monitors: others.filter((one) => one.id !== id) })
    },
    defineChannel(definition) {
      definitions.replace({ channels: withOne(definitions.channels(), definition) })
    },
    removeChannel(id) {
      removeChannel(definitions, registry, id)
    },
    replaceAll: definitions.replace,
    monitor: registry.monitor,
    monitors: registry.monitors,
    channels: () => definitions.channels().map(channelView),
    explain: (monitorId) => {
      const monitor = registry.monitor(monitorId)
      const isCut = timeline.dropped() > 0
      return explain({ monitor, entries: timeline.of(monitorId), now: now(), isCut }).join('\n')
    },
    notifications: (channelId) =>
      outbox.all().filter((one) => channelId === undefined || one.channelId === channelId),
    sendTestAlert: notifier.sendTest,
    deliveriesSettled: deliverer.settled,
    faults,
    journal: () => ({
      version: 1,
      startedAt,
      exportedAt: now(),
      monitors: registry.monitors().map(({ definition }) => definition),
      entries: journal.entries(),
      dropped: journal.dropped(),
    }),
    assertNoUnexpectedRequests() {
      assertNoUnexpected(journal.entries(), journal.dropped())
    },
    dropped: () => ({ ...history.dropped(), requests: journal.dropped(), notifications: outbox.dropped() }),
    pause(id, options = {}) {
      registry.monitor(id)
      const { until, reason } = checkedPause(options, now())
      registry.pause(id, {
        ...(until === undefined ? {} : { until: Date.parse(until) }),
        ...(reason === undefined ? {} : { reason }),
      })
      tellAct({
        type: 'paused',
        monitorId: id,
        ...(until === undefined ? {} : { until }),
        ...(reason === undefined ? {} : { reason }),
      })
    },
    acknowledge(id, note) {
      registry.monitor(id)
      const text = checkedText('note', note)
      if (!parts.hasOpenIncident(id))
        throw new CrontifyMockError(
          'ERR_INVALID',
          `${JSON.stringify(id)} has no open incident to acknowledge`,
        )
      const acknowledgment = { monitorId: id, at: now(), ...(text === undefined ? {} : { note: text }) }
      parts.onAcknowledged(acknowledgment)
      tellAct({ type: 'acknowledged', monitorId: id, ...(text === undefined ? {} : { note: text }) })
    },
    resume(id) {
      registry.resume(id)
      tellAct({ type: 'resumed', monitorId: id })
    },
    subscribe: subscribers.add,
    reset() {
      parts.onReset()
      registry.reset()
      history.clear()
      journal.clear()
      outbox.clear()
      timeline.clear()
      faults.clear()
    },
  }
}
