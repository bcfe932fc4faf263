import { type VirtualClock, createVirtualClock, testAlert } from '@crontify/alert-engine'
import { createDeliverer } from './channels/deliver.ts'
import { createNotifier } from './channels/notifier.ts'
import { createOutbox } from './channels/outbox.ts'
import { postJson } from './channels/post-json.ts'
import { durationMsOf } from './duration.ts'
import { CONTROL_PREFIX, createControlApi } from './control/control-api.ts'
import { createTokenCheck } from './control/control-token.ts'
import { monitorRoutes } from './control/monitor-routes.ts'
import { stateRoutes } from './control/state-routes.ts'
import { createDefinitions, removeChannel, withOne } from './definitions.ts'
import { createFaultList } from './faults/fault-list.ts'
import { createHistory } from './history.ts'
import { createTakeExtendedPing } from './extensions/take-extended-ping.ts'
import { createTakePing } from './extensions/take-ping.ts'
import { createKeyCheck } from './http/api-keys.ts'
import { inProcessFetch } from './http/in-process-fetch.ts'
import type { HttpBindings } from '@hono/node-server'
import type { Behind } from './http/listener.ts'
import { createPublicApi } from './http/public-api.ts'
import { createRateLimit } from './http/rate-limit.ts'
import { createJournalList } from './journal/journal-list.ts'
import { seenEnd } from './journal/seen-end.ts'
import { assertNoUnexpected } from './journal/unexpected-requests.ts'
import type { MockServer } from './mock-server.ts'
import type { MockServerOptions } from './mock-server-options.ts'
import { createMonitorRegistry } from './monitor-registry.ts'
import type { Folded } from './storage/fold-records.ts'
import { REWRITE_FROM_BYTES, openDataFile } from './storage/open-data-file.ts'
import { restore, withRestored } from './storage/restore.ts'
import { newToken, randomId } from './random-id.ts'
import { type Settings, settingsOf } from './settings.ts'
import { createSubscribers } from './subscribers.ts'
import { eventLoopTurn, realDelay, systemClock } from './system-clock.ts'
import { explain } from './testing/explain.ts'
import { createTimeline } from './testing/timeline.ts'
import { channelView, isoInstant } from './views.ts'

/** A local Crontify that nothing leads to yet. */
export interface AssembledMock extends Behind {
  readonly settings: Settings
  readonly handle: Omit<MockServer, 'url' | 'close'>
  start(): void
  /** Ends timers and delayed answers; from then on nothing is let in in process. Calling it again does nothing. */
  stop(): void
  /** Lets go of its file, once the last answer is given. To be called once. */
  release(): void
}

/**
 * Puts the parts together, without a way in.
 *
 * @throws {RangeError} when options or monitor definitions are wrong, naming every problem.
 */
export function assembleMock(options: MockServerOptions): AssembledMock {
  const newId = options.newId ?? randomId
  // Checked before a file is touched, and again with what the file adds.
  const asked = settingsOf(options, newId)
  const dataFile =
    options.dataFile === undefined
      ? undefined
      : openDataFile(options.dataFile, asked.keep, warnOf(options), REWRITE_FROM_BYTES)
  const settings =
    dataFile === undefined ? asked : settingsOf(withRestored(options, dataFile.restored), newId)
  const virtualClock = settings.clock === 'virtual' ? virtualClockOf(settings, dataFile?.restored) : undefined
  const clock = virtualClock ?? systemClock
  const now = (): string => isoInstant(clock.now())
  const closing = new AbortController()
  const history = createHistory(settings.keep)
  const subscribers = createSubscribers()
  const faults = createFaultList()
  const journal = createJournalList({ limit: settings.keep.requests, now, apiKeys: settings.apiKeys })
  const outbox = createOutbox(settings.keep.notifications)
  const deliverer = createDeliverer({
    post: postJson,
    clock,
    now,
    onChange: outbox.update,
    closing: closing.signal,
  })
  const notifier = createNotifier({
    channels: () => definitions.channels(),
    outbox,
    deliverer: settings.deliver ? deliverer : undefined,
    testAlert: (channel) => testAlert(channel, clock.now(), settings.semantics),
    onNotification: (notification) => {
      subscribers.tell({ type: 'notification', notification })
    },
  })
  const timeline = createTimeline(settings.keep.requests, now)
  subscribers.add((event) => {
    timeline.add(event)
    if (event.type === 'alert')
      notifier.notify(event.alert, registry.monitor(event.alert.monitorId).definition)
  })
  const registry = createMonitorRegistry(settings.monitors, {
    clock,
    newId,
    history,
    subscribers,
    onChange: (change) => dataFile?.append({ type: 'change', at: now(), change }),
  })
  if (dataFile !== undefined) restore(dataFile.restored, registry, history)
  const definitions = createDefinitions({
    registry,
    semantics: settings.semantics,
    plan: settings.plan,
    initialChannels: settings.channels,
    onDefined: (definition) => {
      tellAct({ type: 'defined', monitorId: definition.id, definition })
    },
    onRemoved: (monitorId) => {
      history.forgetRuns(monitorId)
      dataFile?.append({ type: 'removed', monitorId })
      tellAct({ type: 'removed', monitorId })
    },
    onChange: (set) => dataFile?.append({ type: 'definitions', set }),
  })
  function tellAct(act: Parameters<typeof journal.recordAct>[0]): void {
    subscribers.tell({ type: 'act', act: journal.recordAct(act) })
  }
  const controlToken = newToken()
  const rateLimit = createRateLimit(settings.rateLimitPerMinute, clock)
  const startedAt = now()
  const app = createPublicApi({
    registry,
    keyOf: createKeyCheck(settings.apiKeys),
    rateLimit,
    takePing: settings.extensions ? createTakeExtendedPing(registry) : createTakePing(registry),
    log: history.log,
    faults,
    record: (request, verdict, fault) => {
      const entry = journal.recordRequest(request, seenEnd(verdict, fault))
      if (entry.outcome !== 'accepted') subscribers.tell({ type: 'request', request: entry })
    },
    delay: realDelay,
    closing: closing.signal,
  })
  let stopSweeping = (): void => {}

  const handle: AssembledMock['handle'] = {
    apiKey: settings.apiKeys[0],
    controlToken,
    fetch: inProcessFetch((request) => serve(request, {}), closing.signal),
    async advance(duration) {
      await advance(virtualClock, duration, closing.signal)
      dataFile?.append({ type: 'time', at: now() })
    },
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
    pause(id) {
      registry.pause(id)
      tellAct({ type: 'paused', monitorId: id })
    },
    resume(id) {
      registry.resume(id)
      tellAct({ type: 'resumed', monitorId: id })
    },
    subscribe: subscribers.add,
    reset() {
      dataFile?.append({ type: 'reset' })
      registry.reset()
      history.clear()
      journal.clear()
      outbox.clear()
      timeline.clear()
      faults.clear()
      rateLimit.clear()
    },
  }
  const control = createControlApi(
    [...monitorRoutes(handle), ...stateRoutes(handle, settings.clock)],
    createTokenCheck(controlToken),
  )
  function serve(request: Request, wire: Partial<HttpBindings>): Response | Promise<Response> {
    const target = wire.incoming?.url ?? new URL(request.url).pathname
    return target.startsWith(`${CONTROL_PREFIX}/`) ? control.fetch(request, wire) : app.fetch(request, wire)
  }

  return {
    settings,
    fetch: serve,
    onTurnedAway: (request, { statusCode, reason, message }) => {
      const entry = journal.recordRequest(request, { statusCode, refusal: { reason, message } })
      subscribers.tell({ type: 'request', request: entry })
    },
    start() {
      stopSweeping = registry.startSweeping(settings.semantics.sweepEveryMs)
    },
    stop() {
      closing.abort(new Error('The mock server is closed'))
      stopSweeping()
    },
    release() {
      dataFile?.close()
    },
    handle,
  }
}

/** Time never goes back: where there is a past, it goes on behind it. */
function virtualClockOf({ startAt }: Settings, restored: Folded | undefined): VirtualClock {
  const endedAt = restored?.at === undefined ? startAt : Date.parse(restored.at)
  return createVirtualClock({ startAt: Math.max(startAt, endedAt), settle: eventLoopTurn })
}

async function advance(
  clock: VirtualClock | undefined,
  duration: number | string,
  closing: AbortSignal,
): Promise<void> {
  if (closing.aborted) throw new Error('Cannot advance: the mock server is closed')
  if (clock === undefined) {
    throw new Error(
      "Cannot advance: this mock server follows the machine's clock; create it with clock: 'virtual'",
    )
  }
  await clock.advance(durationMsOf(duration))
}

function warnOf({ onWarning }: MockServerOptions): (message: string) => void {
  return (
    onWarning ??
    ((message) => {
      process.emitWarning(message, 'CrontifyMockServerWarning')
    })
  )
}
