import { randomUUID } from 'node:crypto'
import type { Clock } from './clock.ts'
import { createExitWatch, type ExitWatch, type ProcessEvents } from './exit-watch.ts'
import { deliverAtExit } from './deliver-at-exit.ts'
import { openDeliverySpool, type DeliverySpool } from './delivery-spool.ts'
import { systemProcessTable } from './system-process-table.ts'
import { systemSpoolSurroundings } from './system-spool-surroundings.ts'
import { systemClock } from './system-clock.ts'
import type { Proxy } from './proxy-settings.ts'
import { createSharedDeliveries, type SharedDeliveries } from './shared-deliveries.ts'
import type { Transport } from './transport.ts'

/** Everything that a client takes from the world. Tests hand in their own. */
export interface Surroundings {
  readonly clock: Clock
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  readonly newId: () => string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where warnings go when the caller names no logger. */
  readonly warn: (message: string) => void
  /** Loads the default transport; called at the first ping, because it takes longer than all the rest. */
  readonly loadTransport: (proxy: Proxy | undefined) => Promise<Transport>
  /** What the clients of this process share. */
  readonly deliveries: SharedDeliveries
  readonly exits: ExitWatch
  /** Opens a directory in which pings outlive the process. */
  readonly openSpool: (
    target: { readonly origin: string; readonly pathPrefix: string; readonly apiKey: string },
    directory: string,
    warn: (message: string) => void,
  ) => DeliverySpool
}

/** The real world. */
export const systemSurroundings: Surroundings = {
  clock: systemClock,
  random: Math.random,
  newId: randomUUID,
  env: process.env,
  // Looked up at each call: whoever replaces console.warn later wants these too.
  // eslint-disable-next-line no-console -- the documented place of warnings [D ERR]
  warn: (message) => console.warn(message),
  loadTransport: async (proxy) => {
    const { createUndiciTransport } = await import('./undici-transport.ts')
    return createUndiciTransport(systemClock, proxy)
  },
  deliveries: createSharedDeliveries(),
  exits: createExitWatch(process as unknown as ProcessEvents, deliverAtExit),
  openSpool: (target, directory, warn) =>
    openDeliverySpool(target, directory, systemSpoolSurroundings(warn), systemProcessTable()),
}
