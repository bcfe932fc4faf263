/**
 * Which run of a monitor is the latest.
 *
 * Pings carry no run id: the service closes whatever run is open. The end of a run that was superseded by a newer
 * start would therefore close the newer run, so it must not be sent.
 */
export interface RunGate {
  /** Makes this run the latest one. */
  enter(key: unknown): void
  /**
   * True if the end of this run may be sent, and then no run is open any more. A run that nobody entered counts
   * as ours: its start may have been sent by another process.
   */
  leave(key: unknown): boolean
  /** Forgets the open run: an end without a name closes whatever is open. */
  clear(): void
}

/** Most superseded runs that are remembered; the end of one that never comes must not cost memory for ever. */
const MAX_SUPERSEDED = 1_000

/** A run that was superseded stays so, also when the newer one has ended meanwhile: the service has closed it. */
export function createRunGate(): RunGate {
  let latest: { readonly key: unknown } | undefined
  const superseded = new Set<unknown>()
  return {
    enter: (key) => {
      superseded.delete(key)
      if (latest !== undefined && latest.key !== key) superseded.add(latest.key)
      if (superseded.size > MAX_SUPERSEDED) superseded.delete(superseded.values().next().value)
      latest = { key }
    },
    leave: (key) => {
      if (superseded.delete(key)) return false
      if (latest !== undefined && latest.key !== key) return false
      latest = undefined
      return true
    },
    clear: () => {
      latest = undefined
    },
  }
}
