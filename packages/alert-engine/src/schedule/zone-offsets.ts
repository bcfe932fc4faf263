import type { DurationMs, Instant } from '../clock.ts'

/** A time in which the clocks of a zone are not changed, and have not been for a day. */
export interface OffsetStretch {
  readonly from: Instant
  /** The first instant that is not part of it. It may hold for longer: no more than half a year is looked ahead. */
  readonly to: Instant
  /** What the zone's clocks show beyond UTC. */
  readonly offsetMs: DurationMs
}

/** Knows when the clocks of a zone change. */
export interface ZoneOffsets {
  /** The stretch around an instant; `null` for a day after each change, when slots of that night may have been moved. */
  stretchAt(instant: Instant): OffsetStretch | null
}

const DAY_MS = 86_400_000
const LOOK_AHEAD_DAYS = 180
const FOR_EVER: OffsetStretch = Object.freeze({ from: -Infinity, to: Infinity, offsetMs: 0 })

/** Reads a zone's clock changes from the runtime's time zone data. The zone must exist. */
export function createZoneOffsets(timezone: string): ZoneOffsets {
  if (timezone === 'UTC') return { stretchAt: () => FOR_EVER }
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  let recent: OffsetStretch | undefined
  return {
    stretchAt(instant) {
      if (recent !== undefined && instant >= recent.from && instant < recent.to) return recent
      const stretch = stretchFrom(instant)
      if (stretch !== null) recent = stretch
      return stretch
    },
  }

  function stretchFrom(instant: Instant): OffsetStretch | null {
    const offsetMs = offsetAt(instant)
    if (offsetAt(instant - DAY_MS) !== offsetMs) return null
    // Steps of a day find any change that lasts for a day, and no zone has shorter ones.
    let last = instant
    for (let day = 1; day <= LOOK_AHEAD_DAYS; day += 1) {
      const next = instant + day * DAY_MS
      if (offsetAt(next) !== offsetMs)
        return { from: instant, to: changeBetween(last, next, offsetMs), offsetMs }
      last = next
    }
    return { from: instant, to: last, offsetMs }
  }

  /** The first millisecond after `from` at which the offset is another; at `to` it is. */
  function changeBetween(from: Instant, to: Instant, offsetMs: DurationMs): Instant {
    let same = from
    let changed = to
    while (changed - same > 1) {
      const middle = Math.floor((same + changed) / 2)
      if (offsetAt(middle) === offsetMs) same = middle
      else changed = middle
    }
    return changed
  }

  function offsetAt(instant: Instant): DurationMs {
    const parts = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    )
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    const shown = Date.UTC(year, month - 1, day, hour, minute, second)
    return shown - Math.floor(instant / 1_000) * 1_000
  }
}
