const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const SHAPE = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/
const PART = /(\d+(?:\.\d+)?)(ms|[smhd])/g
/** Node's timers take no more. */
const LONGEST_MS = 2 ** 31 - 1

/** Milliseconds of a text such as `45m` or `1h30m`, from 1 up to 24 days; `undefined` where it is none. */
export function parseDuration(text: string): number | undefined {
  if (!SHAPE.test(text)) return undefined
  const spanMs = [...text.matchAll(PART)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS_MS[unit ?? ''] ?? NaN),
    0,
  )
  const wholeMs = Math.round(spanMs)
  return wholeMs >= 1 && wholeMs <= LONGEST_MS ? wholeMs : undefined
}
