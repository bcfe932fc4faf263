import type { Instant } from './clock.ts'
import type { Watch } from './model.ts'
import { MAX_MISSED_RECORDS } from './service-rules.ts'
import type { Terms } from './terms.ts'

const NONE: readonly [] = Object.freeze([])

/**
 * The expected slots before an instant: while a run is open and within its limit they are not missed. The scheduler skips them, or
 * their starts will show that runs overlap. [I]
 */
export function slotsBefore(watch: Watch | null, before: Instant, terms: Terms): readonly Instant[] {
  if (watch === null || watch.expectedAt >= before || terms.semantics.missedBy === 'silence') return NONE
  const slots: Instant[] = []
  let slot: Instant | null = watch.expectedAt
  while (slot !== null && slot < before && slots.length < MAX_MISSED_RECORDS) {
    slots.push(slot)
    slot = terms.nextExpectedAfter(slot)
  }
  return slots
}
