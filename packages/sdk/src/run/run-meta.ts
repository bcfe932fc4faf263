import { readMeta, type Meta } from '@crontify/protocol'

/** The metadata that a run gathers. Never throws; what is no finite number is left out and told. */
export interface RunMeta {
  set(values: unknown): void
  increment(field: unknown, by: unknown): void
  gathered(): Meta
}

/** @param onDropped  Called with the names of entries that are left out. */
export function createRunMeta(onDropped: (names: readonly string[]) => void): RunMeta {
  const gathered = new Map<string, number>()
  const set = (values: unknown): void => {
    const { meta, dropped } = readMeta(values)
    for (const [field, value] of Object.entries(meta)) gathered.set(field, value)
    if (dropped.length > 0) onDropped(dropped)
  }
  return {
    set,
    increment: (field, by) => {
      if (typeof field !== 'string') return onDropped([typeof field])
      const sum = typeof by === 'number' ? (gathered.get(field) ?? 0) + by : by
      // Written like any other entry, so that the same names and numbers are refused.
      set(Object.defineProperty({}, field, { value: sum, enumerable: true }))
    },
    gathered: () => Object.fromEntries(gathered),
  }
}
