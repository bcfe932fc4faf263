import { createRunGate, type RunGate } from './run-gate.ts'

/** What is known of the runs of one monitor object, besides its public methods. */
export interface Runs {
  readonly gate: RunGate
  /** Called when the end of a run is not sent, because a newer run has superseded it. */
  readonly onSkippedEnd: () => void
  /** Called besides when such a run has failed. */
  readonly onSuperseded: (error: unknown) => void
  /** Resolves when no ping is on its way. */
  readonly idle: () => Promise<void>
}

const runsByMonitor = new WeakMap<object, Runs>()

/** Says what belongs to a monitor object. */
export function attachRuns(monitor: object, runs: Runs): void {
  runsByMonitor.set(monitor, runs)
}

/** What belongs to a monitor object; made here for a test double, which has nothing of its own. */
export function runsOf(monitor: object): Runs {
  const known = runsByMonitor.get(monitor)
  if (known !== undefined) return known
  const made: Runs = {
    gate: createRunGate(),
    onSkippedEnd: () => {},
    onSuperseded: () => {},
    idle: async () => {},
  }
  runsByMonitor.set(monitor, made)
  return made
}
