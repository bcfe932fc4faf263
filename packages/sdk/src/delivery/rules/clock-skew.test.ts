import { expect, it } from 'vitest'
import { clockSkewMs } from './clock-skew.ts'

const SENT = Date.parse('2026-11-23T01:00:00Z')

it.each([
  ['Mon, 23 Nov 2026 01:10:00 GMT', 600_000],
  ['Mon, 23 Nov 2026 00:50:00 GMT', -600_000],
  ['Mon, 23 Nov 2026 01:00:02 GMT', 0],
  ['Mon, 23 Nov 9999 01:00:00 GMT', 0],
  ['yesterday', 0],
  [undefined, 0],
])('reads the date %s as a skew of %d ms', (date, skew) => {
  expect(clockSkewMs(date, SENT, SENT)).toBe(skew)
})

it('counts from the middle of the exchange', () => {
  expect(clockSkewMs('Mon, 23 Nov 2026 01:01:00 GMT', SENT, SENT + 20_000)).toBe(50_000)
})
