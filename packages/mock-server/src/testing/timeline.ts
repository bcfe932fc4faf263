import { createBoundedList } from '../bounded-list.ts'
import type { MockEvent } from '../mock-records.ts'
import { monitorIdOf } from '../monitor-id-of.ts'
import type { IsoInstant } from '../time-texts.ts'

/** Something that happened, and when it became known. */
export interface TimelineEntry {
  readonly at: IsoInstant
  readonly event: MockEvent
}

/** What happened, in the order in which it became known; bounded. */
export interface Timeline {
  add(event: MockEvent): void
  /** Of one monitor, oldest first. */
  of(monitorId: string): TimelineEntry[]
  dropped(): number
  clear(): void
}

/** Creates an empty timeline for so many events of all monitors. */
export function createTimeline(limit: number, now: () => IsoInstant): Timeline {
  const entries = createBoundedList<TimelineEntry>(limit)
  return {
    add: (event) => {
      entries.push({ at: now(), event })
    },
    of: (monitorId) => entries.all().filter(({ event }) => monitorIdOf(event) === monitorId),
    dropped: entries.dropped,
    clear: entries.clear,
  }
}
