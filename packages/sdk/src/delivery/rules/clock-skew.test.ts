import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { clockSkewAfter } from './clock-skew.ts'

const SENT = Date.parse('2026-11-23T01:00:00Z')
const dateAt = (at: number): string => new Date(at).toUTCString()

it.each([
  ['Mon, 23 Nov 2026 01:10:00 GMT', 600_000],
  ['Mon, 23 Nov 2026 00:50:00 GMT', -600_000],
  ['Mon, 23 Nov 2026 01:00:02 GMT', 0],
  ['Mon, 23 Nov 9999 01:00:00 GMT', 0],
  ['yesterday', 0],
  [undefined, 0],
])('reads the date %s of a short exchange as a skew of %d ms', (date, skew) => {
  expect(clockSkewAfter(0, { date, sentAt: SENT, answeredAt: SENT })).toBe(skew)
})

it('takes the smallest skew that explains a slow exchange', () => {
  const date = dateAt(SENT + 60_000)

  expect(clockSkewAfter(0, { date, sentAt: SENT, answeredAt: SENT + 20_000 })).toBe(40_000)
})

it.each([
  ['at its beginning', 0],
  ['in its middle', 65_000],
  ['at its end', 130_000],
])('sees no skew in an exchange during which the process stood still, dated %s', (_name, afterMs) => {
  const date = dateAt(SENT + afterMs)

  expect(clockSkewAfter(0, { date, sentAt: SENT, answeredAt: SENT + 130_000 })).toBe(0)
})

it('keeps what it knows while an exchange does not contradict it, and corrects it when one does', () => {
  const standstill = { date: dateAt(SENT + 600_000), sentAt: SENT, answeredAt: SENT + 3_600_000 }
  const corrected = { date: dateAt(SENT), sentAt: SENT, answeredAt: SENT + 100 }

  expect(clockSkewAfter(600_000, standstill)).toBe(600_000)
  expect(clockSkewAfter(600_000, corrected)).toBe(0)
})

it('sees no skew when our clock is set back during an exchange', () => {
  expect(clockSkewAfter(0, { date: dateAt(SENT), sentAt: SENT, answeredAt: SENT - 3_600_000 })).toBe(0)
})

it('never sees a skew between clocks that agree, and no larger one than there is', () => {
  const span = fc.integer({ min: 0, max: 7_200_000 })
  fc.assert(
    fc.property(fc.integer({ min: -7_200_000, max: 7_200_000 }), span, span, (trueMs, beforeMs, afterMs) => {
      const answeredAt = SENT + beforeMs + afterMs
      const date = dateAt(SENT + beforeMs + trueMs)

      const seenMs = clockSkewAfter(0, { date, sentAt: SENT, answeredAt })

      if (trueMs === 0) expect(seenMs).toBe(0)
      // A second more, because the header has whole seconds.
      expect(Math.abs(seenMs)).toBeLessThanOrEqual(Math.abs(trueMs) + 1_000)
    }),
    { numRuns: 200 },
  )
})
