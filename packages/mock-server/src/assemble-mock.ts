import { testAlert } from '@crontify/alert-engine'
import { isLoopbackHost, SWEEP_EVERY_MS } from '@crontify/protocol'
import { createAcknowledgments } from './acknowledgments.ts'
import { createDeliverer } from './channels/deliver.ts'
import { createNotifier } from './channels/notifier.ts'
import { createOutbox } from './channels/outbox.ts'
import { createPostJson } from './channels/post-json.ts'
import { CONTROL_PREFIX, createControlApi } from './control/control-api.ts'
import { createTokenCheck } from './control/control-token.ts'
import { monitorRoutes } from './control/monitor-routes.ts'
import { stateRoutes } from './control/state-routes.ts'
import { createHandle } from './create-handle.ts'
import { changeStream } from './dashboard/change-stream.ts'
import { createDashboardPages } from './dashboard/dashboard-pages.ts'
import { dashboardRoutes } from './dashboard/dashboard-routes.ts'
import { createOverview } from './dashboard/overview.ts'
import { createDefinitions } from './definitions.ts'
import { createFaultList } from './faults/fault-list.ts'
import { createHistory } from './history.ts'
import { createKeyCheck } from './http/api-keys.ts'
import { inProcessFetch } from './http/in-process-fetch.ts'
import type { HttpBindings } from '@hono/node-server'
import type { Behind } from './http/listener.ts'
import { createPublicApi } from './http/public-api.ts'
import { createRateLimit } from './http/rate-limit.ts'
import { createJournalList } from './journal/journal-list.ts'
import { seenEnd } from './journal/seen-end.ts'
import type { MockServer } from './mock-server.ts'
import type { MockServerOptions } from './mock-server-options.ts'
import { createMonitorRegistry } from './monitor-registry.ts'
import { REWRITE_FROM_BYTES, openDataFile } from './storage/open-data-file.ts'
import { restore, withRestored } from './storage/restore.ts'
import { newToken, randomId } from './random-id.ts'
import { type Settings, settingsOf } from './settings.ts'
import { createSubscribers } from './subscribers.ts'
import { realDelay, systemClock } from './system-clock.ts'
import { createTimeline } from './testing/timeline.ts'
import { isoInstant } from './views.ts'
import { advance, virtualClockOf } from './virtual-time.ts'
import { warnOf } from './warn-of.ts'

/** A local Crontify that nothing leads to yet. */
export interface AssembledMock extends Behind {
  readonly settings: Settings
  readonly handle: Omit<MockServer, 'url' | 'close' | typeof Symbol.asyncDispose>
  /** What opens the dashboard of a server at this address. */
  dashboardLink(url: string): string
  start(): void
  /** Ends timers and delayed answers; from then on nothing is let in in process. Calling it again does nothing. */
  stop(): void
  /** Lets go of its file, once the last answer is given. To be called once. */
  release(): void
}

/**
 * Puts the parts together, without a way in.
 *
 * @throws {CrontifyMockError} when options or monitor definitions are wrong, naming every problem.
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
  const outbox = createOutbox(settings.keep.notifications, (notification) =>
    dataFile?.append({ type: 'notification', notification }),
  )
  const acknowledgments = createAcknowledgments(settings.keep.notifications)
  const deliverer = createDeliverer({
    post: createPostJson(closing.signal),
    clock,
    now,
    onChange: outbox.update,
    closing: closing.signal,
  })
  const notifier = createNotifier({
    channels: () => definitions.channels(),
    outbox,
    deliverer: settings.deliver ? deliverer : undefined,
    testAlert: (channel) => testAlert(channel, clock.now()),
    onNotification: (notification) => {
      subscribers.tell({ type: 'notification', notification })
    },
  })
  const timeline = createTimeline(settings.keep.requests, now)
  subscribers.add((event) => {
    timeline.add(event)
    if (event.type === 'alert' && event.isSummarized !== true)
      notifier.notify(event.alert, registry.monitor(event.alert.monitorId).definition)
  })
  const registry = createMonitorRegistry(settings.monitors, {
    clock,
    newId,
    history,
    subscribers,
    onChange: (change) => dataFile?.append({ type: 'change', at: now(), change }),
    onSummary: (alerts) => {
      notifier.summarize(alerts, (monitorId) => registry.monitor(monitorId).definition)
    },
  })
  if (dataFile !== undefined) restore(dataFile.restored, registry, history, outbox, acknowledgments)
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
      acknowledgments.forget(monitorId)
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
    log: history.log,
    faults,
    record: (request, verdict, fault) => {
      const entry = journal.recordRequest(request, seenEnd(verdict, fault))
      if (entry.outcome !== 'accepted') subscribers.tell({ type: 'request', request: entry })
    },
    delay: realDelay,
    closing: closing.signal,
  })
  const summaries = createOverview({ history, outbox, acknowledgments, monitors: registry.monitors })
  let stopSweeping = (): void => {}

  const handle = createHandle({
    settings,
    registry,
    definitions,
    history,
    journal,
    outbox,
    notifier,
    deliverer,
    faults,
    timeline,
    subscribers,
    controlToken,
    startedAt,
    now,
    tellAct,
    fetch: inProcessFetch((request) => serve(request, {}), closing.signal),
    async advance(duration) {
      await advance(virtualClock, duration, closing.signal)
      dataFile?.append({ type: 'time', at: now() })
    },
    hasOpenIncident: (monitorId) =>
      summaries().some(({ id, attention }) => id === monitorId && attention !== undefined),
    onAcknowledged(acknowledgment) {
      acknowledgments.add(acknowledgment)
      dataFile?.append({ type: 'acknowledged', acknowledgment })
    },
    onReset() {
      acknowledgments.clear()
      dataFile?.append({ type: 'reset' })
      rateLimit.clear()
    },
  })
  const control = createControlApi(
    [
      ...monitorRoutes(handle),
      ...stateRoutes(handle, settings.clock),
      ...dashboardRoutes({
        now,
        clock: settings.clock,
        apiKey: settings.apiKeys[0],
        history,
        outbox,
        acknowledgments,
        summaries,
      }),
    ],
    createTokenCheck(controlToken),
    () => changeStream({ subscribers, delay: realDelay, closing: closing.signal }),
  )
  const mayHoldToken = isLoopbackHost(settings.host) && settings.allowHosts.length === 0
  const pages = createDashboardPages({
    controlToken,
    mayHoldToken,
    serverUrl: import.meta.url,
  })
  function serve(request: Request, wire: Partial<HttpBindings>): Response | Promise<Response> {
    const target = wire.incoming?.url ?? new URL(request.url).pathname
    const page = pages(request.method, target)
    if (page !== undefined) return page
    return target.startsWith(`${CONTROL_PREFIX}/`) ? control.fetch(request, wire) : app.fetch(request, wire)
  }

  return {
    settings,
    fetch: serve,
    dashboardLink: (url) => (mayHoldToken ? `${url}/` : `${url}/#token=${controlToken}`),
    onTurnedAway: (request, { statusCode, reason, message }) => {
      const entry = journal.recordRequest(request, { statusCode, refusal: { reason, message } })
      subscribers.tell({ type: 'request', request: entry })
    },
    start() {
      stopSweeping = registry.startSweeping(SWEEP_EVERY_MS)
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
