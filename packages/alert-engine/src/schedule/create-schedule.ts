import type { Instant } from '../clock.ts'
import { cronTimesOf } from './cron-times.ts'
import { nextPlainSlot } from './plain-slots.ts'
import { readCron } from './read-cron.ts'
import { createZoneOffsets, type ZoneOffsets } from './zone-offsets.ts'

/** When a schedule asks for a run. */
export interface Schedule {
  /** The first slot strictly after an instant; `null` where there is none before the year 3000. */
  nextAfter(instant: Instant): Instant | null
}

interface Gap {
  readonly from: Instant
  readonly slot: Instant | null
}

/** Gaps between slots that are remembered: monitors that share a schedule ask for neighbouring ones. */
const GAPS_KEPT = 8

/**
 * Reads a cron expression in a time zone, which must exist.
 *
 * A fixed time that a clock change skips runs right after the change, one that comes twice runs once; lists, ranges
 * and steps run on every time that exists (croner 11).
 *
 * @param offsetsOf  Where a zone's clock changes are known already.
 * @throws {RangeError} when the expression cannot be read, naming the field that is wrong and what it takes.
 */
export function createSchedule(
  expression: string,
  timezone: string,
  offsetsOf: (timezone: string) => ZoneOffsets = createZoneOffsets,
): Schedule {
  const cron = readCron(expression, timezone)
  const times = cronTimesOf(expression)
  const gaps: Gap[] = []
  let oldest = 0

  /** What croner says: right for every expression and clock change, at tens of microseconds a slot. */
  function readSlot(instant: Instant): Instant | null {
    const known = gaps.find((gap) => instant >= gap.from && (gap.slot === null || instant < gap.slot))
    if (known !== undefined) return known.slot
    const slot = cron.nextRun(new Date(instant))?.getTime() ?? null
    gaps[oldest] = { from: instant, slot }
    oldest = (oldest + 1) % GAPS_KEPT
    return slot
  }

  if (times === null) return { nextAfter: readSlot }
  const offsets = offsetsOf(timezone)
  return {
    nextAfter(instant) {
      const stretch = offsets.stretchAt(instant)
      if (stretch === null) return readSlot(instant)
      const slot = nextPlainSlot(times, instant, stretch.offsetMs)
      return slot < stretch.to ? slot : readSlot(instant)
    },
  }
}
