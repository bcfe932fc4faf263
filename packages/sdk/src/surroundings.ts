import type { Clock } from './clock.ts'
import type { OpenSpool } from './disk/queue/delivery-spool.ts'
import type { ExitWatch } from './process-exit/exit-watch.ts'
import type { ProcessRuns } from './run/life/process-runs.ts'
import type { Route } from './http/route.ts'
import type { SharedDeliveries } from './delivery/shared-deliveries.ts'
import type { Transport } from './http/transport.ts'

/** Everything that a client takes from the world. Tests hand in their own. */
export interface Surroundings {
  readonly clock: Clock
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  readonly newId: () => string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where warnings go when the caller names no logger. */
  readonly warn: (message: string) => void
  /** Loads what the first ping needs, in a moment: a deployment may remove the files before a nightly job begins. */
  readonly preload: () => void
  /** Kinds of what keeps the process alive now, one entry for each. */
  readonly activeResources: () => readonly string[]
  /** The same route gives the same transport. Loads no HTTP client: that happens at the first ping. */
  readonly openTransport: (route: Route) => Transport
  /** What the clients of this process share. */
  readonly deliveries: SharedDeliveries
  readonly exits: ExitWatch
  readonly processRuns: ProcessRuns
  readonly openSpool: OpenSpool
}
