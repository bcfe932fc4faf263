import type { CronFields } from '@crontify/protocol'
import type { DurationMs, Instant } from '../clock.ts'
import { createWallSlots } from './wall-slots.ts'
import type { ZoneOffsets } from './zone-offsets.ts'

const HOUR_MS = 3_600_000
const HALF_HOUR_MS = HOUR_MS / 2

/**
 * Finds the first slot strictly after an instant as the npm package `cron` does.
 *
 * It looks for the next time on the wall clock and corrects what clock changes make of it. Where clocks are set back, a slot
 * right after the repeated hour therefore also runs an hour early.
 */
export function nextOfCron(fields: CronFields, zone: ZoneOffsets): (instant: Instant) => Instant | null {
  const slots = createWallSlots(fields)
  const offsetAt = (instant: Instant): DurationMs => zone.stretchAt(instant).offsetMs
  const wallAt = (instant: Instant): number => instant + offsetAt(instant)

  return (instant) => {
    const stretch = zone.stretchAt(instant)
    const wall = slots.nextAfter(instant + stretch.offsetMs)
    if (wall === null) return null
    const plain = wall - stretch.offsetMs
    if (plain < stretch.to && instant - stretch.from >= 3 * HOUR_MS) return plain
    return corrected(wall, instant)
  }

  function corrected(wall: number, after: Instant): Instant {
    const found = instantOf(wall, offsetAt(after))
    if (wallAt(found) !== wall) {
      // A skipped time: it runs when the clock has changed, but only where it is not summer in January.
      const { from, offsetMs } = zone.stretchAt(found)
      return offsetMs === offsetInJanuary(wall) ? found : from
    }
    const hourEarlier = found - HOUR_MS
    const isHourRepeated =
      hourOf(hourEarlier) === hourOf(found) || hourOf(found - 2 * HOUR_MS) === hourOf(hourEarlier)
    const inHour = isHourRepeated && hourEarlier > after ? hourEarlier : found
    const halfEarlier = inHour - HALF_HOUR_MS
    const isHalfRepeated =
      minuteOf(halfEarlier) === minuteOf(inHour) || minuteOf(hourEarlier) === minuteOf(halfEarlier)
    return isHalfRepeated && halfEarlier > after ? halfEarlier : inHour
  }

  /** Of two instants with this wall-clock time, the one at the offset; a skipped time is moved on by what is skipped. */
  function instantOf(wall: number, offsetMs: DurationMs): Instant {
    const second = offsetAt(wall - offsetMs)
    if (second === offsetMs) return wall - offsetMs
    const third = offsetAt(wall - second)
    return third === second ? wall - second : wall - Math.min(second, third)
  }

  function offsetInJanuary(wall: number): DurationMs {
    const newYear = Date.UTC(new Date(wall).getUTCFullYear(), 0, 1)
    return offsetAt(instantOf(newYear, offsetAt(newYear)))
  }

  function hourOf(instant: Instant): number {
    return Math.floor(wallAt(instant) / HOUR_MS) % 24
  }

  function minuteOf(instant: Instant): number {
    return Math.floor(wallAt(instant) / 60_000) % 60
  }
}
