import { CrontifyMonitor } from '@crontify/sdk'

/** Dies in the middle of a run, in the way that it is told. */
const HOW: Readonly<Record<string, () => void>> = {
  exit: () => process.exit(7),
  throw: () => {
    throw new Error('disk is full')
  },
  reject: () => void Promise.reject(new Error('disk is full')),
}
const monitor = new CrontifyMonitor({ monitorId: process.env['MONITOR'] ?? '' })
void monitor.wrap(() => new Promise(() => setTimeout(HOW[process.env['HOW'] ?? ''] ?? (() => undefined), 5)))
