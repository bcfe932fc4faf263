import { Cron } from 'croner'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSchedule } from './create-schedule.ts'
import { cronTimesOf } from './cron-times.ts'
import { createZoneOffsets } from './zone-offsets.ts'

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

function cronersSlot(expression: string, timezone: string, instant: number): number | null {
  const cron = new Cron(expression, { timezone, paused: true, mode: '5-or-6-parts' })
  return cron.nextRun(new Date(instant))?.getTime() ?? null
}

it('finds the slot that croner finds, for any expression, zone and instant', () => {
  fc.assert(
    fc.property(expressions, questions, (expression, [zone, instant]) => {
      expect(createSchedule(expression, zone).nextAfter(instant)).toBe(cronersSlot(expression, zone, instant))
    }),
    { numRuns: 3_000 },
  )
})

it("finds croner's slots one after another through every change of the clocks", () => {
  fc.assert(
    fc.property(expressions, fc.constantFrom(...ZONES.slice(1, -1)), fc.nat(), (expression, zone, pick) => {
      const near = changes.get(zone) ?? []
      const change = near[pick % near.length] ?? BEGIN
      const schedule = createSchedule(expression, zone)
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

it('reckons with most expressions itself, and leaves the others to croner', () => {
  for (const simple of [
    '0 2 * * *',
    '*/5 * * * *',
    '30 9-17/2 * * 1-5',
    '@daily',
    ' 0 0 * * 7 ',
    '1,2 3 * * 0,6',
  ]) {
    expect(cronTimesOf(simple)).not.toBeNull()
  }
  for (const other of [
    '0 0 1 * *',
    '0 0 * 1 *',
    '0 0 * * MON',
    '0 0 * * 1#2',
    '* * * * * *',
    '@monthly',
    '0 0 ? * *',
  ]) {
    expect(cronTimesOf(other)).toBeNull()
  }
})

it('knows the changes of a zone, and steps back for a day after each', () => {
  for (const zone of ZONES) {
    for (const change of changes.get(zone) ?? []) {
      const offsets = createZoneOffsets(zone)
      expect(offsets.stretchAt(change - 49 * HOUR_MS)?.to ?? change).toBe(change)
      expect(offsets.stretchAt(change)).toBeNull()
      expect(offsets.stretchAt(change + 24 * HOUR_MS - 1)).toBeNull()
      expect(offsets.stretchAt(change + 24 * HOUR_MS)).not.toBeNull()
    }
  }
})
