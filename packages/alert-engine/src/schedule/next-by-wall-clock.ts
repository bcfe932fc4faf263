import type { CronFields } from '@crontify/protocol'
import type { Instant } from '../clock.ts'
import type { ClockChangeRule } from './clock-change-rule.ts'
import { createWallSlots, type WallSlots } from './wall-slots.ts'
import type { OffsetStretch, ZoneOffsets } from './zone-offsets.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/** Finds the first slot strictly after an instant, by the wall clock of a zone and a rule for its changes. */
export function nextByWallClock(
  fields: CronFields,
  zone: ZoneOffsets,
  rule: ClockChangeRule,
): (instant: Instant) => Instant | null {
  const slots = createWallSlots(fields)
  return (instant) => {
    let stretch = zone.stretchAt(instant)
    let after = instant
    for (;;) {
      const wall = slots.nextAfter(firstWall(stretch, after, rule) - 1)
      const moved = after < stretch.from ? movedSlot(fields, slots, stretch, rule) : null
      const slot = wall !== null && wall < endWall(stretch, rule) ? wall - stretch.offsetMs : null
      if (moved !== null || slot !== null) return Math.min(moved ?? Infinity, slot ?? Infinity)
      if (wall === null) return null
      // Where clocks are set back, times before the one that was found come again.
      const comeAgain = stretch.offsetAfterMs < stretch.offsetMs
      const isFarAhead = !comeAgain && wall - stretch.offsetMs - stretch.to > 3 * DAY_MS
      after = isFarAhead ? wall - stretch.offsetMs - 2 * DAY_MS : stretch.to - 1
      stretch = zone.stretchAt(isFarAhead ? after : stretch.to)
    }
  }
}

/** The first wall-clock time of a stretch that counts, after an instant. */
function firstWall(
  { from, offsetMs, offsetBeforeMs }: OffsetStretch,
  after: Instant,
  rule: ClockChangeRule,
): number {
  const isRepeated =
    offsetBeforeMs > offsetMs &&
    rule.repeated({ offsetAfterMs: offsetMs, wallFrom: from + offsetMs }) === 'first'
  return Math.max(after + 1 + offsetMs, from + (isRepeated ? offsetBeforeMs : offsetMs))
}

/** The wall-clock time at which a stretch ends to count. */
function endWall({ to, offsetMs, offsetAfterMs }: OffsetStretch, rule: ClockChangeRule): number {
  const isRepeated =
    offsetAfterMs < offsetMs && rule.repeated({ offsetAfterMs, wallFrom: to + offsetAfterMs }) === 'second'
  return to + (isRepeated ? offsetAfterMs : offsetMs)
}

/** The slot that the hour which is skipped at the beginning of a stretch is moved to. */
function movedSlot(
  fields: CronFields,
  slots: WallSlots,
  { from, offsetMs, offsetBeforeMs }: OffsetStretch,
  { skipped }: ClockChangeRule,
): Instant | null {
  if (offsetMs <= offsetBeforeMs || skipped === 'dropped') return null
  const continues = from + offsetMs
  if (skipped === 'moved-to-change') {
    const first = slots.nextAfter(from + offsetBeforeMs - 1)
    return first !== null && first < continues ? from : null
  }
  const stops = from + offsetBeforeMs
  if (!hoursBetween(stops, continues).some((hour) => fields.hours.includes(hour))) return null
  // cron-parser takes notice of an hour that is missing before midnight only if it had slots in the hour before.
  const isNextDay = hourOf(continues) < hourOf(stops)
  if (isNextDay && (slots.nextAfter(stops - HOUR_MS - 1) ?? stops) >= stops) return null
  const nextHour = createWallSlots({ ...fields, hours: [hourOf(continues)] })
  const wall = nextHour.nextAfter(continues - 1)
  return wall !== null && wall < Math.floor(continues / HOUR_MS + 1) * HOUR_MS ? wall - offsetMs : null
}

/** The hours that are skipped as a whole. */
function hoursBetween(stops: number, continues: number): readonly number[] {
  const hours: number[] = []
  for (let wall = Math.ceil(stops / HOUR_MS) * HOUR_MS; wall + HOUR_MS <= continues; wall += HOUR_MS) {
    hours.push(hourOf(wall))
  }
  return hours
}

function hourOf(wall: number): number {
  return Math.floor((((wall % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS)
}
