/**
 * Which run of each monitor the service has open, as far as this process can know.
 *
 * Pings carry no run id: an end closes whatever run is open. The end of a run that a newer start has superseded, or whose own
 * start never arrived, must therefore not be sent while another run is open.
 */
export interface RunsAtService {
  /** The start of this run arrived, or may have arrived. A run that was open is superseded for good. */
  opened(monitorId: string, runId: string): void
  /** True if the end of this run would close no other run. */
  mayEnd(monitorId: string, runId: string): boolean
  /** The end of this run was taken or given up. */
  ended(monitorId: string, runId: string): void
}

interface MonitorRuns {
  open: string | undefined
  readonly superseded: Set<string>
}

/** Most superseded runs that are remembered; the end of one that never comes must not cost memory forever. */
const MAX_SUPERSEDED = 1_000

export function createRunsAtService(): RunsAtService {
  const monitors = new Map<string, MonitorRuns>()
  return {
    opened: (monitorId, runId) => {
      const runs = monitors.get(monitorId) ?? { open: undefined, superseded: new Set() }
      monitors.set(monitorId, runs)
      runs.superseded.delete(runId)
      if (runs.open !== undefined && runs.open !== runId) runs.superseded.add(runs.open)
      if (runs.superseded.size > MAX_SUPERSEDED) dropOldest(runs.superseded)
      runs.open = runId
    },
    mayEnd: (monitorId, runId) => {
      const runs = monitors.get(monitorId)
      return (
        runs === undefined ||
        (!runs.superseded.has(runId) && (runs.open === undefined || runs.open === runId))
      )
    },
    ended: (monitorId, runId) => {
      const runs = monitors.get(monitorId)
      if (runs === undefined) return
      runs.superseded.delete(runId)
      if (runs.open === runId) runs.open = undefined
      if (runs.open === undefined && runs.superseded.size === 0) monitors.delete(monitorId)
    },
  }
}

function dropOldest(runs: Set<string>): void {
  for (const oldest of runs) return void runs.delete(oldest)
}
