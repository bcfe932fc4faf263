import { Cron } from 'croner'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSchedule, type Schedule } from './create-schedule.ts'
import { createZoneOffsets, type ZoneOffsets } from './zone-offsets.ts'

const HOUR_MS = 3_600_000
const BEGIN = Date.UTC(2025, 0, 1)
const END = Date.UTC(2029, 0, 1)

/** Changes at one, two and three o'clock, at midnight, of half an hour, twice within two months, and none. */
const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Europe/London',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Havana',
  'Atlantic/Azores',
  'Pacific/Chatham',
  'Asia/Kathmandu',
] as const

const changes = new Map(ZONES.map((zone) => [zone, changesOf(zone)]))

/** Found without our own reckoning: the hours at which the zone's clocks show something else than an hour later. */
function changesOf(timeZone: string): number[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const offsetAt = (instant: number): number =>
    Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - instant
  const found: number[] = []
  for (let day = BEGIN; day < END; day += 24 * HOUR_MS) {
    if (offsetAt(day) === offsetAt(day + 24 * HOUR_MS)) continue
    for (let at = day; at < day + 24 * HOUR_MS; at += HOUR_MS / 2) {
      if (offsetAt(at) !== offsetAt(at + HOUR_MS / 2)) found.push(at + HOUR_MS / 2)
    }
  }
  return found
}

const field = (size: number): fc.Arbitrary<string> => {
  const value = fc.integer({ min: 0, max: size - 1 })
  const range = fc
    .tuple(value, value)
    .map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`)
  const step = fc.integer({ min: 1, max: size - 1 })
  const part = fc.oneof(
    value.map(String),
    range,
    fc.tuple(range, step).map(([among, by]) => `${among}/${by}`),
    step.map((by) => `*/${by}`),
  )
  return fc.oneof(
    fc.constant('*'),
    value.map(String),
    fc.array(part, { minLength: 1, maxLength: 4, size: 'max' }).map((parts) => parts.join(',')),
  )
}

const expressions = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(field(60), field(24), fc.constant('* *'), field(8)).map((parts) => parts.join(' ')),
  },
  // Hours around those at which clocks are changed.
  {
    weight: 4,
    arbitrary: fc
      .tuple(field(60), fc.integer({ min: 0, max: 4 }))
      .map(([minute, hour]) => `${minute} ${hour} * * *`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('@hourly', '@daily', '@weekly', '0 9 1 * *', '*/20 * * * * *', '0 0 L * *'),
  },
)

/** Anywhere in four years, or within two days of a change of this zone's clocks. */
const questions = fc.constantFrom(...ZONES).chain((zone) => {
  const near = changes.get(zone) ?? []
  const anywhere = fc.integer({ min: BEGIN, max: END })
  const nearChange =
    near.length === 0
      ? anywhere
      : fc
          .tuple(fc.constantFrom(...near), fc.integer({ min: -48 * HOUR_MS, max: 48 * HOUR_MS }))
          .map(([change, byMs]) => change + byMs)
  return fc.tuple(fc.constant(zone), fc.oneof(anywhere, nearChange, nearChange))
})

const offsets = new Map<string, ZoneOffsets>(ZONES.map((zone) => [zone, createZoneOffsets(zone)]))

function scheduleOf(schedule: string, timezone: string): Schedule {
  return createSchedule(
    { schedule, dialect: 'croner', timezone },
    (zone) => offsets.get(zone) ?? createZoneOffsets(zone),
  )
}

function cronersSlot(expression: string, timezone: string, instant: number): number | null {
  const cron = new Cron(expression, { timezone, paused: true, mode: '5-or-6-parts' })
  return cron.nextRun(new Date(instant))?.getTime() ?? null
}

it('finds the slot that croner finds, for any expression, zone and instant', () => {
  fc.assert(
    fc.property(expressions, questions, (expression, [zone, instant]) => {
      expect(scheduleOf(expression, zone).nextAfter(instant)).toBe(cronersSlot(expression, zone, instant))
    }),
    { numRuns: 1_000 },
  )
})

it("finds croner's slots one after another through every change of the clocks", () => {
  fc.assert(
    fc.property(expressions, fc.constantFrom(...ZONES.slice(1, -1)), fc.nat(), (expression, zone, pick) => {
      const near = changes.get(zone) ?? []
      const change = near[pick % near.length] ?? BEGIN
      const schedule = scheduleOf(expression, zone)
      let instant = change - 30 * HOUR_MS
      for (let slots = 0; slots < 12 && instant < change + 30 * HOUR_MS; slots += 1) {
        const slot = schedule.nextAfter(instant)
        expect(slot).toBe(cronersSlot(expression, zone, instant))
        // On to the slot, or into the middle of a long gap.
        instant = Math.min(slot ?? END, instant + 7 * HOUR_MS)
      }
    }),
    { numRuns: 150 },
  )
})

it('finds each UTC-offset change, with the offsets before and after it', () => {
  for (const zone of ZONES) {
    for (const change of changes.get(zone) ?? []) {
      const before = createZoneOffsets(zone).stretchAt(change - 1)
      const after = createZoneOffsets(zone).stretchAt(change)
      expect([before.to, after.from]).toEqual([change, change])
      expect([before.offsetAfterMs, after.offsetBeforeMs]).toEqual([after.offsetMs, before.offsetMs])
      expect(before.offsetMs).not.toBe(after.offsetMs)
    }
  }
})
