import type { Clock } from './clock.ts'
import { createSharedDeliveries } from './delivery/shared-deliveries.ts'
import { openSystemSpool } from './disk/on-demand.ts'
import { hostEvents } from './host.ts'
import { createOpenTransport } from './http/open-transport.ts'
import { deliverAtExit } from './process-exit/deliver-at-exit.ts'
import { createExitWatch, type ProcessEvents } from './process-exit/exit-watch.ts'
import { createProcessRuns } from './run/life/process-runs.ts'
import type { Surroundings } from './surroundings.ts'

/** What the first ping of a process needs. */
export type SystemParts = Pick<
  Surroundings,
  'openTransport' | 'deliveries' | 'processRuns' | 'exits' | 'openSpool'
>

/** The parts that all clients of this process share. */
export function createSystemParts(clock: Clock): SystemParts {
  return {
    openTransport: createOpenTransport(clock),
    deliveries: createSharedDeliveries(),
    processRuns: createProcessRuns(),
    exits: createExitWatch(hostEvents as ProcessEvents, deliverAtExit, clock),
    openSpool: openSystemSpool,
  }
}
