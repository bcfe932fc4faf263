import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createDurationSketch } from './duration-sketch.ts'

const durations = fc.array(fc.integer({ min: 1, max: 86_400_000 }), {
  minLength: 1,
  maxLength: 2_000,
  size: 'max',
})

it('is at most 1 % off, for any share of any durations', () => {
  fc.assert(
    fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
      const sketch = createDurationSketch()
      for (const duration of all) sketch.add(duration)
      const sorted = all.toSorted((a, b) => a - b)
      const exact = sorted[Math.max(1, Math.ceil(share * all.length)) - 1] ?? Number.NaN

      expect(Math.abs((sketch.quantile(share) ?? Number.NaN) - exact) / exact).toBeLessThanOrEqual(0.01)
    }),
  )
})

it('never says that one took longer than the longest', () => {
  fc.assert(
    fc.property(durations, (all) => {
      const sketch = createDurationSketch()
      for (const duration of all) sketch.add(duration)

      expect(sketch.longestMs()).toBe(Math.max(...all))
      expect(sketch.quantile(1)).toBeLessThanOrEqual(Math.max(...all))
    }),
  )
})

it('knows nothing before the first job, and counts a job of no time as 0', () => {
  const sketch = createDurationSketch()
  expect([sketch.quantile(0.95), sketch.longestMs()]).toEqual([undefined, undefined])

  sketch.add(0)

  expect([sketch.quantile(0.95), sketch.longestMs()]).toEqual([0, 0])
})
