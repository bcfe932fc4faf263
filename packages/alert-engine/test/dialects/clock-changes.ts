const HOUR_MS = 3_600_000
const BEGIN = Date.UTC(2026, 0, 1)
const END = Date.UTC(2028, 0, 1)

/** Changes at one, two and three o'clock, at and before midnight, of half an hour, within two months, and none. */
export const ZONES: readonly string[] = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Europe/London',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'America/Santiago',
  'America/Havana',
  'America/Nuuk',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Atlantic/Azores',
  'Pacific/Chatham',
  'Asia/Kathmandu',
]

/** The instants at which the clocks of a zone change in two years, found without the engine; one at random where they never do. */
export function clockChangesOf(timeZone: string): readonly number[] {
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
  return found.length === 0 ? [BEGIN + 90 * 24 * HOUR_MS] : found
}
