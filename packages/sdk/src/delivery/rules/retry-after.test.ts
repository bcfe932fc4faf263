import { expect, it } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

const NOW = Date.parse('2026-01-05T02:00:00Z')

it.each<[string, string | undefined, number | undefined]>([
  ['zero seconds, as the shortest wait', '0', 1_000],
  ['one second, the shortest wait itself', '1', 1_000],
  ['two seconds', '2', 2_000],
  ['seconds with spaces around them', ' 7\t', 7_000],
  ['seconds with leading zeros', '0000007', 7_000],
  ['two minutes, the longest wait', '120', 120_000],
  ['more than two minutes, cut', '121', 120_000],
  ['years, cut', '99999999', 120_000],
  ['nine digits, cut', '999999999', 120_000],
  ['ten digits, as absent', '1000000000', undefined],
  ['a negative number, as absent', '-5', undefined],
  ['a number with a plus sign, as absent', '+5', undefined],
  ['a word, as absent', 'abc', undefined],
  ['the words for no date, as absent', 'Invalid Date', undefined],
  ['nothing, as absent', '', undefined],
  ['spaces, as absent', '  ', undefined],
  ['a fraction, as absent', '1.5', undefined],
  ['a hexadecimal number, as absent', '0x10', undefined],
  ['an exponent, as absent', '1e9', undefined],
  ['digits of another script, as absent', '٣', undefined],
  ['seconds with a unit, as absent', '5s', undefined],
  ['no header', undefined, undefined],
  ['a date three seconds ahead', 'Mon, 05 Jan 2026 02:00:03 GMT', 3_000],
  ['a past date, as the shortest wait', 'Mon, 05 Jan 2026 01:00:00 GMT', 1_000],
  ['the present moment, as the shortest wait', 'Mon, 05 Jan 2026 02:00:00 GMT', 1_000],
  ['a date in the year 9999, cut', 'Fri, 31 Dec 9999 23:59:59 GMT', 120_000],
  ['a date in the form of asctime, as absent', 'Mon Jan  5 02:00:03 2026', undefined],
  ['a date in the form of RFC 850, as absent', 'Monday, 05-Jan-26 02:00:03 GMT', undefined],
  ['a date in ISO form, as absent', '2026-01-05T02:00:03Z', undefined],
  ['a date in another zone, as absent', 'Mon, 05 Jan 2026 02:00:03 PST', undefined],
  ['a day that does not exist, as absent', 'Mon, 31 Feb 2026 02:00:03 GMT', undefined],
  ['the first of two seconds', '2, 90', 2_000],
  ['the first of two dates', 'Mon, 05 Jan 2026 02:00:03 GMT, Mon, 05 Jan 2026 02:01:00 GMT', 3_000],
  ['nothing of a list that begins badly', 'x, 5', undefined],
])('takes %s', (_name, header, expected) => {
  expect(retryAfterMs(header, undefined, NOW)).toBe(expected)
})

it('counts from the Date of the answer, whatever the clock here says', () => {
  const hourAhead = 'Mon, 05 Jan 2026 03:00:00 GMT'
  const threeLater = 'Mon, 05 Jan 2026 03:00:03 GMT'

  expect(retryAfterMs(threeLater, hourAhead, NOW)).toBe(3_000)
  expect(retryAfterMs(threeLater, undefined, NOW)).toBe(120_000)
})

it.each(['yesterday', 'Invalid Date', ''])('counts from the clock here when the Date is "%s"', (date) => {
  expect(retryAfterMs('Mon, 05 Jan 2026 02:00:03 GMT', date, NOW)).toBe(3_000)
})

it('takes seconds also when no clock works, and a date only then as absent', () => {
  expect(retryAfterMs('5', undefined, NaN)).toBe(5_000)
  expect(retryAfterMs('Mon, 05 Jan 2026 02:00:03 GMT', undefined, NaN)).toBeUndefined()
})
