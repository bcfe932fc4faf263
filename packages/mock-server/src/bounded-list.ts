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
  let dropped = 0
  return {
    push(entry) {
      entries.push(entry)
      // Trimmed at twice the limit, so that a full list does not move all its entries at every push.
      if (entries.length >= limit * 2) entries = entries.slice(-limit)
      if (entries.length > limit) dropped += 1
    },
    all: () => entries.slice(-limit),
    dropped: () => dropped,
    clear() {
      entries = []
      dropped = 0
    },
  }
}
