const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const

/** A span in its two largest units: `1 h 5 min`, `340 ms`. */
export function spanText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  let rest = ms < 60_000 ? Math.round(ms / 100) * 100 : Math.round(ms / 1_000) * 1_000
  if (rest < 60_000) return `${rest / 1_000} s`
  const parts: string[] = []
  for (const [unitMs, unit] of UNITS) {
    const count = Math.floor(rest / unitMs)
    rest -= count * unitMs
    if (count > 0) parts.push(`${count} ${unit}`)
    if (parts.length === 2 || (parts.length === 1 && count === 0)) break
  }
  return parts.join(' ')
}

/** Where an instant lies from now: `5 min ago`, `in 2 h`. */
export function agoText(instant: string, nowMs: number): string {
  const ms = Date.parse(instant) - nowMs
  if (Math.abs(ms) < 1_000) return 'now'
  return ms < 0 ? `${spanText(-ms)} ago` : `in ${spanText(ms)}`
}

/** When something began, and how long that is: `2026-01-05 09:00 UTC (2 h)`. Pure. */
export function sinceText(instant: string, nowMs: number): string {
  return `${instantText(instant).slice(0, 16)} UTC (${spanText(Math.max(0, nowMs - Date.parse(instant)))})`
}

/** `2026-01-05 09:00:00`, in UTC as everywhere here. */
export function instantText(instant: string): string {
  return instant.slice(0, 19).replace('T', ' ')
}

export function shareText(part: number, whole: number): string {
  if (whole === 0) return '–'
  const percent = (part / whole) * 100
  // 99.97 % is not 100 %.
  return `${percent === 100 || percent === 0 ? percent : Math.min(99.9, Math.max(0.1, Math.round(percent * 10) / 10))} %`
}

export function countText(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
}

/**
 * The message of an alert without what stands next to it on the page: the monitor's name and, in a failure, the time. Pure.
 */
export function causeText(message: string, name: string): string {
  const text = message.startsWith(`${name} `) ? message.slice(name.length + 1) : message
  const short = text.replace(/^((?:failed|succeeded)) at \d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? [^ ,:]+/, '$1')
  return short.charAt(0).toUpperCase() + short.slice(1)
}

/** `3rd in a row`. Pure. */
export function streakText(count: number): string {
  const [tens, ones] = [count % 100, count % 10]
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][ones] ?? 'th')
  return `${count}${ending} in a row`
}

/** When an incident was acknowledged, and the note: `2026-01-05 09:00:00 UTC: the disk is being replaced`. Pure. */
export function acknowledgedText({ at, note }: { readonly at: string; readonly note?: string }): string {
  return `${instantText(at)} UTC${note === undefined ? '' : `: ${note}`}`
}
