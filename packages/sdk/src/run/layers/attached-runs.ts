import type { MonitorRuns } from '../life/monitor-runs.ts'

const runsByMonitor = new WeakMap<object, () => MonitorRuns | undefined>()

/** Connects a monitor object with its runs. */
export function attachRuns(monitor: object, runs: () => MonitorRuns | undefined): void {
  runsByMonitor.set(monitor, runs)
}

/** The runs of a monitor object; `undefined` for an object of another class, or if they cannot be loaded. */
export function attachedRuns(monitor: object): MonitorRuns | undefined {
  return runsByMonitor.get(monitor)?.()
}
