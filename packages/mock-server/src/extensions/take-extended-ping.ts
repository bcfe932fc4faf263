import type { MonitorRegistry, PingEffect } from '../monitor-registry.ts'
import { createRecentMap } from './recent-map.ts'
import type { PingToTake, TakePing, TakenPing } from './take-ping.ts'

type Registry = Pick<MonitorRegistry, 'ping' | 'has' | 'monitor'>

const MAX_REMEMBERED = 10_000
const MAX_HEADER_LENGTH = 200
const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const STATUS_AFTER = { start: 'running', success: 'success', fail: 'failed' } as const

/**
 * Takes pings as a service might that knew three more headers. All of this is ours: the service documents none. [I]
 *
 * - `Idempotency-Key`: a ping that comes again under the same key changes nothing and gets the first answer.
 * - `X-Client-Run-Id`: a start that comes again for the open run changes nothing; an end that names a run changes
 *   nothing unless that run is the open one, or none is open.
 * - `X-Occurred-At`: the ping counts for that instant, though never for the future or before the monitor's last ping.
 */
export function createTakeExtendedPing(registry: Registry): TakePing {
  const answered = createRecentMap<PingEffect>(MAX_REMEMBERED)
  const runIds = createRecentMap<string>(MAX_REMEMBERED)

  function takeNamed(given: PingToTake, occurredAt: number | undefined): TakenPing {
    const { monitorId, ping } = given
    const clientRunId = given.header('X-Client-Run-Id')?.slice(0, MAX_HEADER_LENGTH)
    const name = JSON.stringify([monitorId, clientRunId])
    const openRunId = registry.monitor(monitorId).openRunId
    const known = clientRunId === undefined ? undefined : runIds.get(name)
    const isOpen = known !== undefined && known === openRunId
    const isStale = clientRunId !== undefined && openRunId !== undefined && !isOpen && ping.kind !== 'start'
    if (isStale || (known !== undefined && ping.kind === 'start')) {
      const at = registry.monitor(monitorId).lastPingAt ?? ''
      const effect = { runId: known ?? clientRunId ?? '', status: STATUS_AFTER[ping.kind], at }
      return { type: 'taken', effect, changedNothing: true }
    }
    const effect = registry.ping(monitorId, occurredAt === undefined ? ping : { ...ping, occurredAt })
    if (effect === undefined) return { type: 'unknownMonitor' }
    if (clientRunId !== undefined) runIds.set(name, effect.runId)
    return { type: 'taken', effect }
  }

  return (given) => {
    if (!registry.has(given.monitorId)) return { type: 'unknownMonitor' }
    const occurred = given.header('X-Occurred-At')
    if (occurred !== undefined && !ISO_INSTANT.test(occurred)) {
      return { type: 'badHeader', message: 'X-Occurred-At is not an ISO-8601 instant with a time zone' }
    }
    const idempotencyKey = given.header('Idempotency-Key')?.slice(0, MAX_HEADER_LENGTH)
    const message = JSON.stringify([given.key, given.monitorId, given.ping.kind, idempotencyKey])
    const earlier = idempotencyKey === undefined ? undefined : answered.get(message)
    if (earlier !== undefined) return { type: 'taken', effect: earlier, changedNothing: true }
    const taken = takeNamed(given, occurred === undefined ? undefined : Date.parse(occurred))
    if (taken.type === 'taken' && idempotencyKey !== undefined) answered.set(message, taken.effect)
    return taken
  }
}
