import { createExitWatch, type ProcessEvents } from './exit/exit-watch.ts'
import { deliverAtExit } from './exit/deliver-at-exit.ts'
import { openDeliverySpool } from './spool/delivery-spool.ts'
import { systemProcessTable } from './spool/system-process-table.ts'
import { systemSpoolSurroundings } from './spool/system-spool-surroundings.ts'
import { systemClock } from './system-clock.ts'
import { createSharedDeliveries } from './delivery/shared-deliveries.ts'
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
  loadTransport: async (proxy) => {
    const { createUndiciTransport } = await import('./transport/undici-transport.ts')
    return createUndiciTransport(systemClock, proxy)
  },
  deliveries: createSharedDeliveries(),
  exits: createExitWatch(process as unknown as ProcessEvents, deliverAtExit),
  openSpool: (target, directory, warn) =>
    openDeliverySpool(target, directory, systemSpoolSurroundings(warn), systemProcessTable()),
}
