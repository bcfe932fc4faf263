import type { Lanes } from './lanes.ts'
import { QUEUE_LIMITS } from './rules/queue-pressure.ts'
import type { Settlement } from './settlement.ts'

/** Pings that may come in before the queue is looked through again: looking at each one would cost too much. */
const RELIEF_STEP = 100

/** A function that gives up what has to be given up, so that a further `RELIEF_STEP` pings have room. */
export function createRelief(lanes: Lanes, { end, giveUp }: Settlement): () => void {
  let relieveAt = QUEUE_LIMITS.easyPings + 1
  return () => {
    if (lanes.size < relieveAt) return
    const relief = lanes.relief({ ...QUEUE_LIMITS, maxPings: QUEUE_LIMITS.maxPings - RELIEF_STEP })
    const byId = new Map(lanes.all().map((entry) => [entry.ping.id, entry]))
    for (const { id, reason } of relief.drop) {
      const entry = byId.get(id)
      if (entry === undefined) continue
      if (reason === 'queue-full') giveUp(entry, reason)
      else end(entry, { state: 'skipped', reason })
    }
    for (const id of relief.stripLog) {
      const entry = byId.get(id)
      if (entry !== undefined) entry.ping = { ...entry.ping, detail: 'no-log' }
    }
    relieveAt = Math.max(QUEUE_LIMITS.easyPings + 1, lanes.size + RELIEF_STEP)
  }
}
