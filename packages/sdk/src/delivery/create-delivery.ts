import type { Clock } from '../clock.ts'
import type { DeliverySpool } from '../disk/queue/delivery-spool.ts'
import type { Transport } from '../http/transport.ts'
import { settleWithin } from '../settle-within.ts'
import type { Delivery } from './delivery.ts'
import { createDiskKeeper } from './disk/disk-keeper.ts'
import { newEntry, type Entry } from './entry.ts'
import { createExitRequests } from './exit-requests.ts'
import { createGates, isParked } from './gates.ts'
import { isEnd } from './held-ping.ts'
import { createLanes } from './lanes.ts'
import { leftBehindEntry } from './disk/left-behind-entry.ts'
import { createPump } from './pump.ts'
import type { RunsAtService } from './runs-at-service.ts'
import { createSending, type Line } from './sending/sending.ts'
import { createSettlement } from './settlement.ts'
import { createSpoolIntake } from './disk/spool-intake.ts'
import type { Destination } from './sending/wire-ping.ts'

/** What a delivery takes from the world. */
export interface DeliveryWorld {
  readonly clock: Clock
  readonly random: () => number
  /** Which runs are open at this destination; shared by all deliveries to it. */
  readonly runs: RunsAtService
}

/** A delivery for one destination and key. */
export function createDelivery(
  destination: Destination,
  transport: Transport,
  { clock, random, runs }: DeliveryWorld,
  spool?: DeliverySpool,
): Delivery {
  const lanes = createLanes(runs)
  const line: Line = { gates: createGates(clock.monotonic(), destination.ratePerMinute), skewMs: 0 }
  const disk = createDiskKeeper(spool, clock)
  const settlement = createSettlement(lanes, disk, runs)
  const pump = (): void => pumping.pump()
  const sending = createSending({
    destination,
    transport,
    clock,
    random,
    lanes,
    line,
    runs,
    settlement,
    onAttemptEnded: pump,
  })
  const intake = createSpoolIntake(spool, clock, (left) => {
    for (const found of [...left].reverse()) lanes.addFirst(leftBehindEntry(found, clock.monotonic()))
    pump()
  })
  const pumping = createPump({ lanes, line, settlement, sending, clock, isReady: () => intake.isReady })
  const exit = createExitRequests({ destination, clock, lanes, line, runs, settlement })
  const abandon = (entry: Entry, reason: 'closed' | 'process-ended'): void => {
    sending.abort(entry)
    settlement.giveUp(entry, reason)
  }

  return {
    send: (newPing, onRetry) => {
      const { entry, sent } = newEntry(newPing, onRetry, clock)
      const { ping } = entry
      intake.note(ping, lanes.count(ping.monitorId) === 0)
      lanes.add(entry)
      disk.watch(entry)
      if (isEnd(ping)) sending.hurryStartOf(ping)
      pumping.pumpFor(ping.monitorId)
      return sent
    },
    isParked: () => isParked(line.gates, clock.monotonic()),
    idle: settlement.idle,
    clockSkewMs: () => line.skewMs,
    drop: (monitorId, reason) => {
      for (const entry of lanes.all()) if (entry.ping.monitorId === monitorId) abandon(entry, reason)
    },
    openRun: (monitorId, runId) => spool?.openRun(monitorId, runId),
    adoptRun: (monitorId, runId) => {
      // What waits belongs to the time before.
      const newest = lanes.newest(monitorId)
      if (newest === undefined) runs.opened(monitorId, runId)
      else newest.adoptsNext = runId
    },
    hasWork: () => lanes.size > 0,
    finish: async (withinMs) => {
      const allIdle = Promise.all(lanes.all().map(({ ping }) => settlement.idle(ping.monitorId)))
      // What cannot be sent now will not be sendable in a moment.
      await settleWithin(allIdle, isParked(line.gates, clock.monotonic()) ? 0 : withinMs, clock)
      for (const entry of lanes.all()) abandon(entry, 'process-ended')
      // The drops are counted in promise callbacks.
      await Promise.resolve()
    },
    lastRequests: exit.take,
    afterLastRequests: exit.settle,
  }
}
