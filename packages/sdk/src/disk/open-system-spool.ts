import { systemProcessTable } from './journal/system-process-table.ts'
import { openDeliverySpool, type OpenSpool } from './queue/delivery-spool.ts'
import { systemSpoolSurroundings } from './system-spool-surroundings.ts'

/** Opens a spool on this machine's disk. */
export const openSystemSpool: OpenSpool = (target, directory, warn) =>
  openDeliverySpool(target, directory, systemSpoolSurroundings(warn), systemProcessTable())
