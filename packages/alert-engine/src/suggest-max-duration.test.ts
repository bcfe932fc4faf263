import fc from 'fast-check'
import { expect, it } from 'vitest'
import { suggestMaxDuration } from './suggest-max-duration.ts'

const minutes = (...values: number[]): number[] => values.map((value) => value * 60_000)

it('says how many runs it needs where there are fewer', () => {
  expect(suggestMaxDuration(minutes(1, 2, 3, 4, 5, 6, 7, 8, 9))).toEqual({
    type: 'tooFewRuns',
    runs: 9,
    runsNeeded: 10,
  })
})

it('suggests two to three times the 95th percentile of ten runs and more', () => {
  expect(suggestMaxDuration(minutes(5, 4, 5, 6, 5, 4, 5, 5, 7, 8))).toEqual({
    type: 'suggested',
    runs: 10,
    p95Ms: 480_000,
    leastMs: 960_000,
    mostMs: 1_440_000,
    suggestedMs: 1_200_000,
  })
})

it('is not moved by one run in twenty that took for ever', () => {
  const usual = Array<number>(19).fill(60_000)

  expect(suggestMaxDuration([...usual, 86_400_000])).toMatchObject({ p95Ms: 60_000 })
  expect(suggestMaxDuration([...usual.slice(1), 86_400_000, 86_400_000])).toMatchObject({ p95Ms: 86_400_000 })
})

it('suggests a second for jobs that take nearly no time', () => {
  expect(suggestMaxDuration(Array<number>(10).fill(0))).toMatchObject({ suggestedMs: 1_000 })
})

it('passes over what is no duration', () => {
  expect(suggestMaxDuration([Number.NaN, -1, Infinity, 1_000])).toMatchObject({ type: 'tooFewRuns', runs: 1 })
})

it('does not depend on the order, and changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000_000), { minLength: 10, maxLength: 200, size: 'max' }), (durations) => {
      const given = Object.freeze([...durations])
      const suggestion = suggestMaxDuration(given)

      expect(suggestMaxDuration(durations.toReversed())).toEqual(suggestion)
      if (suggestion.type !== 'suggested') throw new Error('Ten runs are enough')
      const covered = durations.filter((ms) => ms <= suggestion.p95Ms).length
      expect(covered / durations.length).toBeGreaterThanOrEqual(0.95)
      expect(durations).toContain(suggestion.p95Ms)
    }),
    { numRuns: 200 },
  )
})
