import { createExitWatch, type ProcessEvents } from './process-exit/exit-watch.ts'
import { deliverAtExit } from './process-exit/deliver-at-exit.ts'
import { openDeliverySpool } from './disk/queue/delivery-spool.ts'
import { systemProcessTable } from './disk/journal/system-process-table.ts'
import { systemSpoolSurroundings } from './disk/system-spool-surroundings.ts'
import { systemClock } from './system-clock.ts'
import { createSharedDeliveries } from './delivery/shared-deliveries.ts'
import { createProcessRuns } from './run/life/process-runs.ts'
import { createOpenTransport } from './http/open-transport.ts'
import { nodeModule } from './node-module.ts'
import type { Surroundings } from './surroundings.ts'

/** The real world. */
export const systemSurroundings: Surroundings = {
  clock: systemClock,
  random: Math.random,
  newId: () => nodeModule('node:crypto').randomUUID(),
  env: process.env,
  // Looked up at each call: whoever replaces console.warn later wants these too.
  // eslint-disable-next-line no-console -- the documented place of warnings [D ERR]
  warn: (message) => console.warn(message),
  activeResources: () => process.getActiveResourcesInfo(),
  openTransport: createOpenTransport(systemClock),
  deliveries: createSharedDeliveries(),
  processRuns: createProcessRuns(),
  exits: createExitWatch(process as unknown as ProcessEvents, deliverAtExit, systemClock),
  openSpool: (target, directory, warn) =>
    openDeliverySpool(target, directory, systemSpoolSurroundings(warn), systemProcessTable()),
}
