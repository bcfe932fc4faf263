import type { Clock } from '../clock.ts'
import type { ExitWatch } from '../process-exit/exit-watch.ts'
import type { OpenSpool } from '../disk/queue/delivery-spool.ts'
import { createDelivery } from './create-delivery.ts'
import type { Delivery } from './delivery.ts'
import { createRunsAtService, type RunsAtService } from './runs-at-service.ts'
import type { Transport } from '../http/transport.ts'
import type { Destination } from './sending/wire-ping.ts'

/** What deliveries take from the world. */
interface DeliverySurroundings {
  readonly clock: Clock
  readonly random: () => number
  readonly exits: ExitWatch
  readonly openSpool: OpenSpool
}

/** Finds the delivery of a key. */
export type SharedDeliveries = (
  destination: Destination,
  /** Deliveries over different transports are different. */
  transport: Transport,
  surroundings: DeliverySurroundings,
  /** Where ends are kept that cannot be delivered. */
  spoolDirectory: string | undefined,
  warn: (message: string) => void,
) => Delivery

/**
 * One delivery for each destination, key and transport: the service counts pings by key, so all monitors of a
 * process must share one queue, one rate and one view of whether the service is there. Which runs are open is shared by all
 * deliveries to one destination with one key.
 */
export function createSharedDeliveries(): SharedDeliveries {
  const runsByDestination = new Map<string, RunsAtService>()
  const runsAt = ({ origin, pathPrefix, apiKey }: Destination): RunsAtService => {
    const key = JSON.stringify([origin, pathPrefix, apiKey])
    const known = runsByDestination.get(key) ?? createRunsAtService()
    runsByDestination.set(key, known)
    return known
  }
  const byTransport = new Map<Transport, Map<string, Delivery>>()
  return (destination, transport, surroundings, spoolDirectory, warn) => {
    const deliveries = byTransport.get(transport) ?? new Map<string, Delivery>()
    byTransport.set(transport, deliveries)
    const key = identityOf(destination, spoolDirectory)
    const known = deliveries.get(key)
    if (known !== undefined) return known
    const spool =
      spoolDirectory === undefined ? undefined : surroundings.openSpool(destination, spoolDirectory, warn)
    const { clock, random } = surroundings
    const world = { clock, random, runs: runsAt(destination) }
    const made = createDelivery(destination, transport, world, spool)
    deliveries.set(key, made)
    surroundings.exits.addDelivery(made)
    return made
  }
}

/** What makes two destinations the same one. Never leaves this file, as the key is in it. */
function identityOf(destination: Destination, spoolDirectory: string | undefined): string {
  const { origin, pathPrefix, apiKey, wireHeaders, ratePerMinute } = destination
  return JSON.stringify([origin, pathPrefix, apiKey, wireHeaders, ratePerMinute, spoolDirectory])
}
