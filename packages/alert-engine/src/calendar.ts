import type { Instant } from './clock.ts'
import { createInstantText } from './instant-text.ts'
import { createSchedule, type Schedule, type ScheduleSource } from './schedule/create-schedule.ts'
import { createZoneOffsets, type ZoneOffsets } from './schedule/zone-offsets.ts'

/** What is worked out once for each expression and each time zone, and shared by all monitors that have it. */
export interface Calendar {
  /** @throws {RangeError} when the schedule cannot be read or never occurs. */
  schedule(source: ScheduleSource): Schedule
  /** Writes instants of this zone for people. */
  instantText(timezone: string): (instant: Instant) => string
}

/** More than any service has; bounds what a server keeps whose monitors come and go. */
const MAX_ENTRIES = 10_000

/** Creates an empty calendar. */
export function createCalendar(): Calendar {
  const schedules = new Map<string, Schedule>()
  const offsets = new Map<string, ZoneOffsets>()
  const offsetsOf = (timezone: string): ZoneOffsets =>
    remembered(offsets, timezone, () => createZoneOffsets(timezone))
  const texts = new Map<string, (instant: Instant) => string>()
  return {
    schedule: (source) =>
      remembered(schedules, `${source.dialect} ${source.timezone} ${source.schedule}`, () =>
        createSchedule(source, offsetsOf),
      ),
    instantText: (timezone) => remembered(texts, timezone, () => createInstantText(timezone)),
  }
}

function remembered<Value>(values: Map<string, Value>, key: string, create: () => Value): Value {
  const known = values.get(key)
  if (known !== undefined) return known
  const created = create()
  const oldest = values.keys().next()
  if (values.size >= MAX_ENTRIES && oldest.done !== true) values.delete(oldest.value)
  values.set(key, created)
  return created
}
