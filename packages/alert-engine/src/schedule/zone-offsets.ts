import type { DurationMs, Instant } from '../clock.ts'

/** A time in which the clocks of a zone are not changed. */
export interface OffsetStretch {
  readonly from: Instant
  /** The first instant that is not part of it. */
  readonly to: Instant
  /** What the zone's clocks show beyond UTC. */
  readonly offsetMs: DurationMs
  /** The same before `from`: another one where the clocks changed at `from`. */
  readonly offsetBeforeMs: DurationMs
  /** The same at `to`. */
  readonly offsetAfterMs: DurationMs
}

/** Knows when the clocks of a zone change. */
export interface ZoneOffsets {
  /** The stretch around an instant. */
  stretchAt(instant: Instant): OffsetStretch
}

const DAY_MS = 86_400_000
const BLOCK_MS = 64 * DAY_MS
/** More than a test looks at; bounds what a server remembers. */
const MAX_BLOCKS = 500
const NEVER_CHANGED: OffsetStretch = Object.freeze({
  from: -Infinity,
  to: Infinity,
  offsetMs: 0,
  offsetBeforeMs: 0,
  offsetAfterMs: 0,
})

/** Reads a zone's clock changes from the runtime's time zone data. The zone must exist. */
export function createZoneOffsets(timezone: string): ZoneOffsets {
  if (timezone === 'UTC') return { stretchAt: () => NEVER_CHANGED }
  const offsetAt = createOffsetReader(timezone)
  const blocks = new Map<number, readonly OffsetStretch[]>()
  let recent: OffsetStretch = { ...NEVER_CHANGED, to: -Infinity }
  return {
    stretchAt(instant) {
      if (instant >= recent.from && instant < recent.to) return recent
      recent = stretchesOf(Math.floor(instant / BLOCK_MS)).find(({ to }) => instant < to) ?? recent
      return recent
    },
  }

  function stretchesOf(block: number): readonly OffsetStretch[] {
    const known = blocks.get(block)
    if (known !== undefined) return known
    if (blocks.size >= MAX_BLOCKS) blocks.clear()
    const stretches = readBlock(block * BLOCK_MS, offsetAt)
    blocks.set(block, stretches)
    return stretches
  }
}

/** Steps of a day find any change that lasts for a day, and no zone has shorter ones. */
function readBlock(start: Instant, offsetAt: (instant: Instant) => DurationMs): readonly OffsetStretch[] {
  const end = start + BLOCK_MS
  const stretches: OffsetStretch[] = []
  let from = start
  let offsetBeforeMs = offsetAt(start - 1)
  let offsetMs = offsetAt(start)
  for (let day = start; day < end; day += DAY_MS) {
    const offsetAfterMs = offsetAt(Math.min(day + DAY_MS, end - 1))
    if (offsetAfterMs === offsetMs) continue
    const to = changeBetween(day, Math.min(day + DAY_MS, end - 1), offsetMs, offsetAt)
    stretches.push({ from, to, offsetMs, offsetBeforeMs, offsetAfterMs })
    from = to
    offsetBeforeMs = offsetMs
    offsetMs = offsetAfterMs
  }
  stretches.push({ from, to: end, offsetMs, offsetBeforeMs, offsetAfterMs: offsetAt(end) })
  return stretches
}

/** The first instant after `from` at which the offset is another; at `to` it is. */
function changeBetween(
  from: Instant,
  to: Instant,
  offsetMs: DurationMs,
  offsetAt: (instant: Instant) => DurationMs,
): Instant {
  let same = from
  let changed = to
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2)
    if (offsetAt(middle) === offsetMs) same = middle
    else changed = middle
  }
  return changed
}

function createOffsetReader(timezone: string): (instant: Instant) => DurationMs {
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
  return (instant) => {
    const parts = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    )
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    const shown = Date.UTC(year, month - 1, day, hour, minute, second)
    return shown - Math.floor(instant / 1_000) * 1_000
  }
}
