import type { Entry } from './entry.ts'
import { hasMeta, isEnd, logLength, type HeldPing } from './held-ping.ts'
import type { LaneView } from './rules/next-move.ts'
import { relievePressure, type QueuedPing, type QueueLimits, type Relief } from './rules/queue-pressure.ts'
import type { RunsAtService } from './runs-at-service.ts'

interface Lane {
  readonly entries: Entry[]
  mutedUntil: number
}

/**
 * All pings that wait, one queue for each monitor.
 *
 * The service matches pings by monitor alone, so a success that overtakes its start, or a start that overtakes the
 * previous success, would end the wrong run: only the oldest ping of a monitor is ever sent.
 */
export interface Lanes {
  /** How many pings are held, those on their way included. */
  readonly size: number
  add(entry: Entry): void
  /** Puts it before everything of its monitor that waits: it happened earlier. */
  addFirst(entry: Entry): void
  remove(entry: Entry): void
  find(ping: HeldPing): Entry | undefined
  /** The newest entry of this monitor. */
  newest(monitorId: string): Entry | undefined
  /** The entry of this monitor that is on its way. */
  sending(monitorId: string): Entry | undefined
  sendingCount(): number
  views(now: number): readonly LaneView[]
  /** The view of one monitor. */
  view(monitorId: string): LaneView | undefined
  mute(monitorId: string, until: number): void
  count(monitorId: string): number
  all(): readonly Entry[]
  /** What is to be given up so that the queue stays within its limits. */
  relief(limits: QueueLimits): Relief
}

export function createLanes(runs: RunsAtService): Lanes {
  const lanes = new Map<string, Lane>()
  const byId = new Map<string, Entry>()
  const laneOf = (monitorId: string): Lane => {
    const known = lanes.get(monitorId)
    if (known !== undefined) return known
    const made: Lane = { entries: [], mutedUntil: -Infinity }
    lanes.set(monitorId, made)
    return made
  }
  const all = (): Entry[] => [...byId.values()]
  const viewOf = (monitorId: string, { entries, mutedUntil }: Lane): LaneView | undefined => {
    const head = entries[0]
    if (head === undefined) return undefined
    const { runId } = head.ping
    const hasOwnEnd = entries.some(({ ping }) => ping.runId === runId && isEnd(ping))
    const mayEnd = head.closesAnyRun || runs.mayEnd(monitorId, runId)
    return { head: head.ping, isSending: head.isSending, hasOwnEnd, mayEnd, mutedUntil }
  }
  return {
    get size() {
      return byId.size
    },
    add: (entry) => {
      byId.set(entry.ping.id, entry)
      laneOf(entry.ping.monitorId).entries.push(entry)
    },
    addFirst: (entry) => {
      byId.set(entry.ping.id, entry)
      laneOf(entry.ping.monitorId).entries.unshift(entry)
    },
    remove: (entry) => {
      byId.delete(entry.ping.id)
      const { entries } = laneOf(entry.ping.monitorId)
      const index = entries.indexOf(entry)
      if (index >= 0) entries.splice(index, 1)
    },
    find: (ping) => byId.get(ping.id),
    newest: (monitorId) => lanes.get(monitorId)?.entries.at(-1),
    sending: (monitorId) => lanes.get(monitorId)?.entries.find(({ isSending }) => isSending),
    sendingCount: () => {
      let count = 0
      for (const { entries } of lanes.values()) if (entries[0]?.isSending === true) count++
      return count
    },
    views: (now) => {
      const views: LaneView[] = []
      for (const [monitorId, lane] of lanes) {
        const view = viewOf(monitorId, lane)
        if (view !== undefined) views.push(view)
        else if (lane.mutedUntil <= now) lanes.delete(monitorId)
      }
      return views
    },
    view: (monitorId) => {
      const lane = lanes.get(monitorId)
      return lane && viewOf(monitorId, lane)
    },
    mute: (monitorId, until) => {
      laneOf(monitorId).mutedUntil = until
    },
    count: (monitorId) => lanes.get(monitorId)?.entries.length ?? 0,
    all,
    relief: (limits) => relievePressure(all().map(weighed), limits),
  }
}

/** What a ping takes in memory without its log, in bytes, generously. */
const BYTES_BESIDES_LOG = 1_000

/** Made once for each ping that waits: the whole queue is weighed again and again while it is full. */
function weighed(entry: Entry): QueuedPing {
  const { ping, isSending, weight } = entry
  if (weight?.ping === ping && weight.queued.inFlight === isSending) return weight.queued
  const log = logLength(ping)
  const queued: QueuedPing = {
    id: ping.id,
    monitorId: ping.monitorId,
    runKey: ping.runId,
    kind: ping.kind,
    hasMeta: hasMeta(ping),
    logLength: log,
    bytes: BYTES_BESIDES_LOG + log,
    queuedAt: ping.queuedAt,
    inFlight: isSending,
  }
  entry.weight = { ping, queued }
  return queued
}
