import type { DiskKeeper } from './disk/disk-keeper.ts'
import type { PingEnd } from './delivery.ts'
import type { Entry } from './entry.ts'
import { isEnd } from './held-ping.ts'
import type { Lanes } from './lanes.ts'
import type { DropReason } from './rules/ping-state.ts'
import type { RunsAtService } from './runs-at-service.ts'

/** Ends pings for good, and lets everyone know who has to. */
export interface Settlement {
  end(entry: Entry, how: PingEnd): void
  /** Drops a ping, or leaves it on disk for a later process. */
  giveUp(entry: Entry, reason: DropReason): void
  /** Resolves when no ping of this monitor is held anymore. */
  idle(monitorId: string): Promise<void>
}

export function createSettlement(lanes: Lanes, disk: DiskKeeper, runs: RunsAtService): Settlement {
  const idleWaiters = new Map<string, (() => void)[]>()

  const end = (entry: Entry, how: PingEnd): void => {
    const { monitorId, runId } = entry.ping
    lanes.remove(entry)
    disk.settled(entry, how)
    // The service still has a run open whose end the full queue has lost; the end of another one must not close it.
    const isLost = how.state === 'dropped' && how.reason === 'queue-full'
    if (isEnd(entry.ping) && !isLost) runs.ended(monitorId, runId)
    if (entry.adoptsNext !== undefined) runs.opened(monitorId, entry.adoptsNext)
    entry.onWritten()
    entry.onEnd(how)
    if (lanes.count(monitorId) > 0) return
    for (const resolve of idleWaiters.get(monitorId) ?? []) resolve()
    idleWaiters.delete(monitorId)
  }
  return {
    end,
    giveUp: (entry, reason) => {
      const isLeft = disk.leave(entry, reason)
      end(entry, isLeft ? { state: 'spooled' } : { state: 'dropped', reason, outcome: entry.lastOutcome })
    },
    idle: (monitorId) => {
      if (lanes.count(monitorId) === 0) return Promise.resolve()
      return new Promise((resolve) => {
        idleWaiters.set(monitorId, [...(idleWaiters.get(monitorId) ?? []), resolve])
      })
    },
  }
}
