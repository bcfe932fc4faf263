const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** `2026-01-05 02:00:00 UTC` */
export function instantText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}

/** A duration in its largest two units, such as `1 h 30 min`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${ms} ms`
  const first = UNITS.findIndex(([, unitMs]) => ms >= unitMs)
  const parts: string[] = []
  let rest = ms
  for (const [unit, unitMs] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / unitMs)
    if (count > 0) parts.push(`${count} ${unit}`)
    rest -= count * unitMs
  }
  return parts.join(' ')
}

/** How long ago an instant was. */
export function agoText(iso: string, now: string): string {
  const ms = Date.parse(now) - Date.parse(iso)
  return ms < 1_000 ? 'now' : `${durationText(ms)} ago`
}
