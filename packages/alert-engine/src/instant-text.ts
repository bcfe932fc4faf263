import type { Instant } from './clock.ts'

/**
 * An instant for people, on the monitor's clock and on UTC where that differs:
 * `2026-01-05 02:00 America/New_York (2026-01-05 07:00 UTC)`. Seconds only where there are any.
 */
export function instantText(instant: Instant, timezone: string): string {
  return createInstantText(timezone)(instant)
}

/** {@link instantText} for many instants of one zone: making the formatter is what takes time. */
export function createInstantText(timezone: string): (instant: Instant) => string {
  let format: Intl.DateTimeFormat | undefined
  return (instant) => {
    // The Swedish form of a date is the ISO one.
    format ??= new Intl.DateTimeFormat('sv-SE', {
      timeZone: timezone,
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    const universal = short(new Date(instant).toISOString().slice(0, 19).replace('T', ' '))
    const local = short(format.format(instant))
    return local === universal ? `${universal} UTC` : `${local} ${timezone} (${universal} UTC)`
  }
}

function short(text: string): string {
  return text.replace(/:00$/, '')
}
