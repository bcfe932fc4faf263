import type { SkipReason } from './rules/ping-state.ts'
import type { Entry, Lanes } from './lanes.ts'
import { QUEUE_LIMITS } from './rules/queue-pressure.ts'

/** Pings that may come in before the queue is looked through again: looking at each one would cost too much. */
export const RELIEF_STEP = 100

/** Carries out what has to be given up so that a further `RELIEF_STEP` pings have room. */
export function relieveLanes(
  lanes: Lanes,
  giveUp: (entry: Entry) => void,
  skip: (entry: Entry, reason: SkipReason) => void,
): void {
  const relief = lanes.relief({ ...QUEUE_LIMITS, maxPings: QUEUE_LIMITS.maxPings - RELIEF_STEP })
  const byId = new Map(lanes.all().map((entry) => [entry.ping.id, entry]))
  for (const { id, reason } of relief.drop) {
    const entry = byId.get(id)
    if (entry === undefined) continue
    if (reason === 'queue-full') giveUp(entry)
    else skip(entry, reason)
  }
  for (const id of relief.stripLog) {
    const entry = byId.get(id)
    if (entry !== undefined) entry.ping = { ...entry.ping, detail: 'no-log' }
  }
}
