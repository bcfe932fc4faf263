const UNITS_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 }
const NUMBER = String.raw`\d+(?:\.\d+)?`
/** Each unit at most once, the largest first. */
const SHAPE = new RegExp(
  `^${['d', 'h', 'm(?!s)', 's', 'ms'].map((unit) => `(?:${NUMBER}${unit})?`).join('')}$`,
)
const PART = new RegExp(`(${NUMBER})(ms|[dhms])`, 'g')

/** What a duration text looks like, for error messages. */
export const DURATION_ACCEPTED = 'a duration such as "250ms", "90s", "5m", "26h", "1d" or "1h30m"'

/**
 * Returns the whole milliseconds of a duration text: numbers with the units `d`, `h`, `m`, `s` and `ms`, the largest first.
 * Returns `undefined` for any other text. Never throws.
 *
 * @example
 * import { parseDuration } from '@crontify/protocol'
 *
 * console.log(parseDuration('1h30m')) // 5400000
 */
export function parseDuration(text: string): number | undefined {
  if (text === '' || !SHAPE.test(text)) return undefined
  const parts = [...text.matchAll(PART)]
  return Math.round(
    parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS_MS[unit ?? ''] ?? 0), 0),
  )
}
