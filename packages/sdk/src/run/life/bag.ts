/** Things that come and go often, in no order. */
export interface Bag<Item> {
  readonly size: number
  /** Gives a function that removes it, once. */
  add(item: Item): () => void
  all(): Item[]
}

/**
 * Adding and removing costs no memory: a `Set` or `Map` that things pass through one by one is rebuilt every few steps, and its
 * former tables keep what they held from the young generation's garbage collection.
 */
export function createBag<Item>(): Bag<Item> {
  const entries: { readonly item: Item; index: number }[] = []
  return {
    get size() {
      return entries.length
    },
    add: (item) => {
      const entry = { item, index: entries.length }
      entries.push(entry)
      return () => {
        if (entry.index < 0) return
        const last = entries.pop()
        if (last !== undefined && last !== entry) {
          entries[entry.index] = last
          last.index = entry.index
        }
        entry.index = -1
      }
    },
    all: () => entries.map(({ item }) => item),
  }
}
