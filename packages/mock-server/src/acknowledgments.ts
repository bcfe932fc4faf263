import { createBoundedList } from './bounded-list.ts'
import type { IsoInstant } from './time-texts.ts'

/** A person has acknowledged the open incident of a monitor. */
export interface Acknowledgment {
  readonly monitorId: string
  readonly at: IsoInstant
  readonly note?: string
}

/** The newest acknowledgments of all monitors. */
export interface Acknowledgments {
  add(acknowledgment: Acknowledgment): void
  /** The last one of a monitor within a span, both ends included; without `until`, up to now. */
  lastOf(monitorId: string, since: IsoInstant, until?: IsoInstant): Acknowledgment | undefined
  all(): Acknowledgment[]
  forget(monitorId: string): void
  clear(): void
}

/** Creates an empty list for so many acknowledgments. */
export function createAcknowledgments(limit: number): Acknowledgments {
  const list = createBoundedList<Acknowledgment>(limit)
  return {
    add: list.push,
    lastOf: (id, since, until = '~') =>
      list.all().findLast(({ monitorId, at }) => monitorId === id && at >= since && at <= until),
    all: list.all,
    forget(id) {
      const others = list.all().filter(({ monitorId }) => monitorId !== id)
      list.clear()
      others.forEach(list.push)
    },
    clear: list.clear,
  }
}
