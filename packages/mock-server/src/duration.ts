import type { Duration } from './time-texts.ts'

const UNITS_MS: ReadonlyMap<string, number> = new Map([
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
])
const SHAPE =
  /^(?:\d+(?:\.\d+)?d)?(?:\d+(?:\.\d+)?h)?(?:\d+(?:\.\d+)?m(?!s))?(?:\d+(?:\.\d+)?s)?(?:\d+(?:\.\d+)?ms)?$/
const PART = /(\d+(?:\.\d+)?)(ms|[dhms])/g

/**
 * The milliseconds of a span, rounded to whole ones.
 *
 * @throws {RangeError} when it is neither a finite number of 0 or more nor a text such as `'1h30m'`.
 */
export function durationMsOf(duration: Duration): number {
  const durationMs = typeof duration === 'string' ? parse(duration) : duration
  if (typeof durationMs === 'number' && Number.isFinite(durationMs) && durationMs >= 0) {
    return Math.round(durationMs)
  }
  throw new RangeError(
    `${typeof duration === 'string' ? JSON.stringify(duration) : String(duration)} is not a duration: give ` +
      "milliseconds (0 or more) or a text such as '90s', '5m', '26h', '1d' or '1h30m'",
  )
}

function parse(text: string): number | undefined {
  if (text === '' || !SHAPE.test(text)) return undefined
  return [...text.matchAll(PART)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS_MS.get(unit ?? '') ?? NaN),
    0,
  )
}
