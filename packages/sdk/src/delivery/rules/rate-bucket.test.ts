import { expect, it } from 'vitest'
import { createRateBucket, nextTakeInMs, onPutOff, take, type RateBucket } from './rate-bucket.ts'

function drain(bucket: RateBucket, now: number): RateBucket {
  let next = take(bucket, now, 'fail')
  while (next.granted) next = take(next.bucket, now, 'fail')
  return next.bucket
}

/** How many of one kind it grants at one moment. */
function grantsAt(bucket: RateBucket, now: number, kind: 'start' | 'success' | 'fail'): number {
  let grants = 0
  for (let next = take(bucket, now, kind); next.granted; next = take(next.bucket, now, kind)) grants++
  return grants
}

/** Pings that flow in between two moments; counted from empty, and below what the bucket holds. */
function inflow(bucket: RateBucket, from: number, to: number): number {
  return grantsAt(drain(bucket, from), to, 'fail')
}

it('grants twenty ends at once, then one each 625 ms', () => {
  const bucket = createRateBucket(0)

  expect(grantsAt(bucket, 0, 'success')).toBe(20)
  expect(take(drain(bucket, 0), 624, 'fail').granted).toBe(false)
  expect(take(drain(bucket, 0), 625, 'fail').granted).toBe(true)
})

it('grants starts only from the upper half of the bucket', () => {
  expect(grantsAt(createRateBucket(0), 0, 'start')).toBe(11)
})

it('holds no more than twenty, however long it was quiet', () => {
  expect(grantsAt(drain(createRateBucket(0), 0), 86_400_000, 'fail')).toBe(20)
})

it('halves its rate each time that the service puts a ping off, down to one ping each 5 s', () => {
  const once = onPutOff(createRateBucket(0), 0)
  const twice = onPutOff(once, 0)
  const often = Array.from({ length: 10 }).reduce<RateBucket>((bucket) => onPutOff(bucket, 0), once)

  expect(nextTakeInMs(drain(once, 0), 0, 'fail')).toBe(1_250)
  expect(nextTakeInMs(drain(twice, 0), 0, 'fail')).toBe(2_500)
  expect(nextTakeInMs(drain(often, 0), 0, 'fail')).toBe(5_000)
})

it('raises its rate by a tenth of a ping a second for each quiet 10 s', () => {
  const slow = onPutOff(createRateBucket(0), 0)

  // 0.8 a second for 10 s, 0.9 for the next 10 s.
  expect(inflow(slow, 0, 9_999)).toBe(7)
  expect(inflow(slow, 0, 10_000)).toBe(8)
  expect(inflow(slow, 10_000, 19_999)).toBe(8)
  expect(inflow(slow, 10_000, 20_000)).toBe(9)
})

it('is as fast as before after enough quiet, and no faster', () => {
  const slow = onPutOff(createRateBucket(0), 0)

  expect(nextTakeInMs(drain(slow, 79_999), 79_999, 'fail')).toBeGreaterThan(625)
  expect(nextTakeInMs(drain(slow, 80_000), 80_000, 'fail')).toBe(625)
  expect(nextTakeInMs(drain(slow, 800_000), 800_000, 'fail')).toBe(625)
})

it('does not overshoot when its rate rises from between two steps', () => {
  // From 1.5 a second to 0.75, and after nine steps to 1.6 instead of 1.65.
  const uneven = onPutOff(onPutOff(createRateBucket(0), 0), 70_000)

  expect(nextTakeInMs(drain(uneven, 160_000), 160_000, 'fail')).toBe(625)
})

it('counts the quiet from the last ping that was put off', () => {
  const again = onPutOff(onPutOff(createRateBucket(0), 0), 9_000)

  expect(nextTakeInMs(drain(again, 18_999), 18_999, 'fail')).toBeGreaterThan(2_000)
  expect(nextTakeInMs(drain(again, 19_000), 19_000, 'fail')).toBe(2_000)
})

it('tells how long a start waits for half a bucket', () => {
  expect(nextTakeInMs(createRateBucket(0), 0, 'start')).toBe(0)
  expect(nextTakeInMs(drain(createRateBucket(0), 0), 0, 'start')).toBe(6_250)
})

it('does not run backwards', () => {
  const drained = drain(createRateBucket(1_000), 1_000)

  expect(take(drained, 500, 'fail')).toEqual({ granted: false, bucket: drained })
})

it.each([
  [1, 1, 75_000],
  [6, 1, 12_500],
  [60, 10, 1_250],
  [120, 20, 625],
])('keeps a limit of %i a minute: %i at once, then one each %i ms', (ratePerMinute, burst, everyMs) => {
  const bucket = createRateBucket(0, ratePerMinute)

  expect(grantsAt(bucket, 0, 'fail')).toBe(burst)
  expect(nextTakeInMs(drain(bucket, 0), 0, 'fail')).toBe(everyMs)
})
