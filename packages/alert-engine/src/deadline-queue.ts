import type { Instant } from './clock.ts'

/** Knows which of many things falls due first. Each has at most one deadline, which may be moved at any time. */
export interface DeadlineQueue {
  /** Sets the deadline of `key`; `null` for none. */
  set(key: string, dueAt: Instant | null): void
  /** The earliest deadline; `null` where there is none. */
  nextAt(): Instant | null
  /** Takes out every key that is due at `now` or before, in the order of their deadlines. */
  takeDue(now: Instant): string[]
  /** Takes out everything. */
  clear(): void
}

interface Entry {
  readonly key: string
  /** Where it stands in the heap. */
  queuedAt: Instant
  /** When it is really due: never before `queuedAt`. `null` for an entry that means nothing any more. */
  dueAt: Instant | null
}

/**
 * Creates an empty queue.
 *
 * A binary heap that is corrected late: most deadlines are moved on again and again before they come, so an entry whose
 * deadline moves on stays where it is, and is put in its place when it gets to the top. Moving a deadline on costs nothing,
 * however many there are.
 */
export function createDeadlineQueue(): DeadlineQueue {
  const entries = new Map<string, Entry>()
  let heap: Entry[] = []

  function set(key: string, dueAt: Instant | null): void {
    const entry = entries.get(key)
    if (entry !== undefined && (dueAt === null || dueAt >= entry.queuedAt)) {
      entry.dueAt = dueAt
      return
    }
    if (dueAt === null) return
    if (entry !== undefined) entry.dueAt = null
    const moved: Entry = { key, queuedAt: dueAt, dueAt }
    entries.set(key, moved)
    // Entries that mean nothing are at most as many as those that do.
    if (heap.length > 2 * entries.size) heap = rebuilt([...entries.values()])
    else push(heap, moved)
  }

  /** The entry that is really due first, at the top of the heap. */
  function first(): Entry | undefined {
    for (let top = heap[0]; top !== undefined; top = heap[0]) {
      if (top.dueAt === top.queuedAt) return top
      if (top.dueAt === null) {
        pop(heap)
        if (entries.get(top.key) === top) entries.delete(top.key)
      } else {
        top.queuedAt = top.dueAt
        sink(heap, top)
      }
    }
    return undefined
  }

  return {
    set,
    nextAt: () => first()?.dueAt ?? null,
    takeDue(now) {
      const due: string[] = []
      for (let top = first(); top !== undefined && top.queuedAt <= now; top = first()) {
        pop(heap)
        entries.delete(top.key)
        due.push(top.key)
      }
      return due
    },
    clear() {
      entries.clear()
      heap = []
    },
  }
}

function rebuilt(entries: readonly Entry[]): Entry[] {
  // A sorted list is a heap.
  return entries.toSorted((one, other) => one.queuedAt - other.queuedAt)
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.length
  while (index > 0) {
    const parent = (index - 1) >> 1
    const above = heap[parent]
    if (above === undefined || above.queuedAt <= entry.queuedAt) break
    heap[index] = above
    index = parent
  }
  heap[index] = entry
}

/** Takes the top out: the last entry takes its place, and sinks to where it belongs. */
function pop(heap: Entry[]): void {
  const last = heap.pop()
  if (last !== undefined && heap.length > 0) sink(heap, last)
}

/** Puts an entry in the place of the top, or below. */
function sink(heap: Entry[], sinking: Entry): void {
  let index = 0
  for (;;) {
    const left = 2 * index + 1
    const child =
      (heap[left + 1]?.queuedAt ?? Infinity) < (heap[left]?.queuedAt ?? Infinity) ? left + 1 : left
    const below = heap[child]
    if (below === undefined || below.queuedAt >= sinking.queuedAt) break
    heap[index] = below
    index = child
  }
  heap[index] = sinking
}
