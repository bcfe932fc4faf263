// The build loads this part at the first call: without `spoolDirectory` it is never read.
export { openSystemSpool } from './open-system-spool.ts'
