import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

it('lets so many through, and then says how long to wait', () => {
  let now = 0
  const limit = createRateLimit(2, { now: () => now })

  expect([limit.take(0), limit.take(0), limit.take(0)]).toEqual([undefined, undefined, 60_000])
  now = 59_999
  expect(limit.take(0)).toBe(1)
  now = 60_000
  expect(limit.take(0)).toBeUndefined()
})

it('counts each key by itself', () => {
  const limit = createRateLimit(1, { now: () => 0 })
  expect([limit.take(0), limit.take(1), limit.take(0)]).toEqual([undefined, undefined, 60_000])
})

it('lets everything through without a limit', () => {
  const limit = createRateLimit(Infinity, { now: () => 0 })
  for (let count = 0; count < 1_000; count += 1) expect(limit.take(0)).toBeUndefined()
})

it('forgets on clear', () => {
  const limit = createRateLimit(1, { now: () => 0 })
  limit.take(0)
  limit.clear()
  expect(limit.take(0)).toBeUndefined()
})

it('never lets more through in any minute, and says a wait after which it does', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 60, size: 'max' }),
      (perMinute, gaps) => {
        let now = 0
        const limit = createRateLimit(perMinute, { now: () => now })
        const taken: number[] = []
        for (const gap of gaps) {
          now += gap
          const waitMs = limit.take(0)
          if (waitMs === undefined) taken.push(now)
          else {
            expect(taken.filter((at) => at > now - 60_000)).toHaveLength(perMinute)
            now += waitMs
            expect(limit.take(0)).toBeUndefined()
            taken.push(now)
          }
        }
        for (const at of taken) {
          expect(taken.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(
            perMinute,
          )
        }
      },
    ),
  )
})
