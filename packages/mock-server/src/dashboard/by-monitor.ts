/** A record of one monitor, or of several. */
interface AboutMonitors {
  readonly monitorId?: string
  readonly monitorIds?: readonly string[]
}

/** The records of each monitor, in the order of the list. Pure. */
export function byMonitor<About extends AboutMonitors>(list: readonly About[]): Map<string, About[]> {
  const sorted = new Map<string, About[]>()
  for (const one of list) {
    for (const id of one.monitorIds ?? (one.monitorId === undefined ? [] : [one.monitorId])) {
      const known = sorted.get(id)
      if (known === undefined) sorted.set(id, [one])
      else known.push(one)
    }
  }
  return sorted
}
