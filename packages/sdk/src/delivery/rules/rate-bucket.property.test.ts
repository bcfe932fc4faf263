import type { PingKind } from '@crontify/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRateBucket, nextTakeInMs, onPutOff, take, type RateBucket } from './rate-bucket.ts'

const WINDOW_MS = 60_000
const KINDS = fc.constantFrom<PingKind>('start', 'success', 'fail')
const LIMITS = fc.oneof(fc.constant(120), fc.integer({ min: 1, max: 120 }))
// Fractions, because a monotonic clock gives them.
const GAPS = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.double({ min: 0, max: 700, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 70_000, noNaN: true }) },
)
const BEGIN = fc.double({ min: 0, max: 10_000_000, noNaN: true })

function mostInAWindow(instants: readonly number[]): number {
  let most = 0
  let first = 0
  instants.forEach((at, index) => {
    while (at - (instants[first] ?? at) > WINDOW_MS) first++
    most = Math.max(most, index - first + 1)
  })
  return most
}

/** Most grants in 60 s, both ends included: what it can hold and what flows in. */
function bound(ratePerMinute: number): number {
  return Math.floor(Math.max(1, ratePerMinute / 6) + 0.8 * ratePerMinute + 1e-9)
}

it('grants at most 116 pings in any 60 s, and fewer at a lower limit', () => {
  fc.assert(
    fc.property(
      LIMITS,
      BEGIN,
      fc.array(fc.tuple(GAPS, KINDS), { maxLength: 1_500, size: 'max' }),
      (limit, begin, asks) => {
        let bucket = createRateBucket(begin, limit)
        let now = begin
        const granted: number[] = []
        for (const [gapMs, kind] of asks) {
          now += gapMs
          const next = take(bucket, now, kind)
          bucket = next.bucket
          if (next.granted) granted.push(now)
        }
        expect(mostInAWindow(granted)).toBeLessThanOrEqual(bound(limit))
        expect(bound(limit)).toBeLessThanOrEqual(limit)
      },
    ),
    { numRuns: 200 },
  )
  expect(bound(120)).toBe(116)
})

it('really grants 116 to whoever asks all the time', () => {
  let bucket = createRateBucket(0)
  const granted: number[] = []
  for (let now = 0; now <= 3 * WINDOW_MS; now++) {
    const next = take(bucket, now, 'fail')
    bucket = next.bucket
    if (next.granted) granted.push(now)
  }

  expect(mostInAWindow(granted)).toBe(116)
})

it('grants after exactly the wait that it tells, at any rate', () => {
  const happenings = fc.array(fc.tuple(GAPS, fc.option(KINDS, { nil: 'put off' as const })), {
    maxLength: 200,
    size: 'max',
  })
  fc.assert(
    fc.property(LIMITS, BEGIN, happenings, KINDS, (limit, begin, events, kind) => {
      let bucket: RateBucket = createRateBucket(begin, limit)
      let now = begin
      for (const [gapMs, event] of events) {
        now += gapMs
        bucket = event === 'put off' ? onPutOff(bucket, now) : take(bucket, now, event).bucket
      }

      const waitMs = nextTakeInMs(bucket, now, kind)

      expect(take(bucket, now + waitMs, kind).granted).toBe(true)
      if (waitMs > 0) expect(take(bucket, Math.floor(now) + waitMs - 1, kind).granted).toBe(false)
    }),
    { numRuns: 300 },
  )
})

it('gives the same whether it is asked often or once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 50, size: 'max' }), (gaps) => {
      const begin = onPutOff(onPutOff(createRateBucket(0), 0), 0)
      let empty = begin
      while (take(empty, 0, 'fail').granted) empty = take(empty, 0, 'fail').bucket
      let asked = empty
      let now = 0
      for (const gapMs of gaps) {
        now += gapMs
        asked = take(asked, now, 'start').granted ? asked : take(asked, now, 'start').bucket
      }
      expect(nextTakeInMs(asked, now, 'start')).toBe(nextTakeInMs(empty, now, 'start'))
    }),
    { numRuns: 200 },
  )
})
