import type { Instant } from './clock.ts'

/**
 * An instant for people, on the monitor's clock and on UTC where that differs:
 * `2026-01-05 02:00 America/New_York (2026-01-05 07:00 UTC)`. Seconds only where there are any.
 */
export function instantText(instant: Instant, timezone: string): string {
  const universal = wallClock(instant, 'UTC')
  const local = wallClock(instant, timezone)
  return local === universal ? `${universal} UTC` : `${local} ${timezone} (${universal} UTC)`
}

function wallClock(instant: Instant, timeZone: string): string {
  // The Swedish form of a date is the ISO one.
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(instant)
  return text.replace(/:00$/, '')
}
