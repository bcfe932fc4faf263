import type { DurationMs } from './clock.ts'

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** A span for people, in its two largest units: `2 h 5 min`, `45 s`, `250 ms`. */
export function durationText(durationMs: DurationMs): string {
  const largest = UNITS.findIndex(([, size]) => durationMs >= size)
  if (largest === -1) return `${Math.round(durationMs)} ms`
  let rest = durationMs
  return UNITS.slice(largest, largest + 2)
    .map(([unit, size]) => {
      const count = Math.floor(rest / size)
      rest -= count * size
      return count === 0 ? '' : `${count} ${unit}`
    })
    .filter((part) => part !== '')
    .join(' ')
}
