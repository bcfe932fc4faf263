import { createVirtualClock } from '@crontify/alert-engine'
import { createKeyCheck } from './http/api-keys.ts'
import { durationMsOf } from './duration.ts'
import { createHistory } from './history.ts'
import { listen } from './http/listener.ts'
import type { MockServer, MockServerOptions } from './mock-server.ts'
import { createMonitorRegistry } from './monitor-registry.ts'
import { createPingApp } from './http/ping-app.ts'
import { randomId } from './random-id.ts'
import { settingsOf } from './settings.ts'
import { createSubscribers } from './subscribers.ts'
import { eventLoopTurn, systemClock } from './system-clock.ts'
import { isoInstant } from './views.ts'

/**
 * Starts a local Crontify: the ping API on a TCP port of this machine, and the alerts that follow from the pings.
 *
 * @throws {RangeError} (as a rejection) when options or monitor definitions are wrong, naming every problem.
 * @throws {Error} (as a rejection) when the port cannot be had.
 * @example
 * const server = await createMockServer({
 *   monitors: [{ id: 'nightly-backup', schedule: '0 2 * * *', graceSeconds: 600 }],
 *   clock: 'virtual',
 * })
 * await fetch(`${server.url}/api/v1/ping/nightly-backup/success`, {
 *   method: 'POST',
 *   headers: { 'X-API-Key': server.apiKey },
 * })
 * await server.advance('26h')
 * console.log(server.alerts().map((alert) => alert.message))
 * await server.close()
 */
export async function createMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const newId = options.newId ?? randomId
  const settings = settingsOf(options, newId)
  const virtualClock =
    settings.clock === 'virtual'
      ? createVirtualClock({ startAt: settings.startAt, settle: eventLoopTurn })
      : undefined
  const clock = virtualClock ?? systemClock
  const history = createHistory(settings.keep)
  const subscribers = createSubscribers()
  const registry = createMonitorRegistry(settings.monitors, { clock, newId, history, subscribers })
  const app = createPingApp({ registry, isKnownKey: createKeyCheck(settings.apiKeys), log: history.log })
  const listener = await listen((request) => app.fetch(request), settings)
  const stopSweeping = registry.startSweeping(settings.semantics.sweepEveryMs)
  let closing: Promise<void> | undefined

  return {
    url: listener.url,
    apiKey: settings.apiKeys[0],
    async advance(duration) {
      if (closing !== undefined) throw new Error('Cannot advance: the mock server is closed')
      if (virtualClock === undefined) {
        throw new Error(
          "Cannot advance: this mock server follows the machine's clock; create it with clock: 'virtual'",
        )
      }
      await virtualClock.advance(durationMsOf(duration))
    },
    now: () => isoInstant(clock.now()),
    alerts(monitorId) {
      if (monitorId !== undefined) registry.monitor(monitorId)
      return history.alerts(monitorId)
    },
    runs(monitorId) {
      registry.monitor(monitorId)
      return history.runs(monitorId)
    },
    pings: history.pings,
    monitor: registry.monitor,
    monitors: registry.monitors,
    dropped: history.dropped,
    pause: registry.pause,
    resume: registry.resume,
    subscribe: subscribers.add,
    reset() {
      registry.reset()
      history.clear()
    },
    close() {
      closing ??= listener.close()
      stopSweeping()
      return closing
    },
  }
}
