/** A list that forgets its oldest entries, and counts them. */
export interface BoundedList<Entry> {
  push(entry: Entry): void
  /** Oldest first; a new array at each call. */
  all(): Entry[]
  /** How many entries were forgotten since it was made or cleared. */
  dropped(): number
  clear(): void
}

/** Keeps the newest `limit` entries. */
export function createBoundedList<Entry>(limit: number): BoundedList<Entry> {
  let entries: Entry[] = []
  let pushed = 0
  return {
    push(entry) {
      entries.push(entry)
      pushed += 1
      // Trimmed at twice the limit, so that a full list does not move all its entries at every push.
      if (entries.length >= limit * 2) entries = entries.slice(-limit)
    },
    all: () => entries.slice(-limit),
    dropped: () => Math.max(0, pushed - limit),
    clear() {
      entries = []
      pushed = 0
    },
  }
}
