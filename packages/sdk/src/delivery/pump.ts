import type { Cancel, Clock } from '../clock.ts'
import type { Lanes } from './lanes.ts'
import { createRelief } from './relieve-lanes.ts'
import { MAX_SENDING, nextMove, type Move } from './rules/next-move.ts'
import type { Line, Sending } from './sending/sending.ts'
import type { Settlement } from './settlement.ts'

/** Makes the moves that are due. */
export interface Pump {
  /** Makes moves until there is none to make now. */
  pump(): void
  /** The same after a ping of this monitor came in: while all connections are in use, only its own lane can have changed. */
  pumpFor(monitorId: string): void
}

interface PumpContext {
  readonly lanes: Lanes
  readonly line: Line
  readonly settlement: Settlement
  readonly sending: Sending
  readonly clock: Clock
  readonly isReady: () => boolean
}

export function createPump({ lanes, line, settlement, sending, clock, isReady }: PumpContext): Pump {
  const relieve = createRelief(lanes, settlement)
  let cancelWake: Cancel = () => {}

  /** False where there was nothing to do. */
  const make = (move: Move): boolean => {
    if (move.type === 'rest') return false
    const entry = lanes.find(move.ping)
    if (entry === undefined) return false
    if (move.type === 'drop') settlement.giveUp(entry, move.reason)
    else if (move.type === 'skip') settlement.end(entry, { state: 'skipped', reason: move.reason })
    else {
      line.gates = move.gates
      sending.send(entry, move.asProbe)
    }
    return true
  }
  const pump = (): void => {
    if (!isReady()) return
    cancelWake()
    relieve()
    for (;;) {
      const now = clock.monotonic()
      const move = nextMove(lanes.views(now), line.gates, lanes.sendingCount(), now)
      if (make(move)) continue
      // Unref'd: what waits in the background does not keep a process alive.
      if (move.type === 'rest' && move.until !== undefined) {
        cancelWake = clock.schedule(pump, move.until - now, false)
      }
      return
    }
  }
  const pumpFor = (monitorId: string): void => {
    if (lanes.sendingCount() < MAX_SENDING) return pump()
    if (!isReady()) return
    relieve()
    for (let view = lanes.view(monitorId); view !== undefined; view = lanes.view(monitorId)) {
      if (!make(nextMove([view], line.gates, MAX_SENDING, clock.monotonic()))) return
    }
  }
  return { pump, pumpFor }
}
