import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  afterFirstTrySuccess,
  afterRetry,
  createRetryBudget,
  mayRetry,
  type RetryBudget,
} from './retry-budget.ts'

function repeat(times: number, step: (budget: RetryBudget) => RetryBudget, from: RetryBudget): RetryBudget {
  let budget = from
  for (let done = 0; done < times; done++) budget = step(budget)
  return budget
}

it('pays for ten retries, and not for an eleventh', () => {
  expect(mayRetry(repeat(9, afterRetry, createRetryBudget()))).toBe(true)
  expect(mayRetry(repeat(10, afterRetry, createRetryBudget()))).toBe(false)
})

it('pays for one more retry after five pings that went well at once', () => {
  const empty = repeat(10, afterRetry, createRetryBudget())

  expect(mayRetry(repeat(4, afterFirstTrySuccess, empty))).toBe(false)
  expect(mayRetry(repeat(5, afterFirstTrySuccess, empty))).toBe(true)
})

it('saves no more than ten retries', () => {
  expect(repeat(1_000, afterFirstTrySuccess, createRetryBudget())).toEqual(createRetryBudget())
})

it('owes nothing after a retry that it could not pay for', () => {
  expect(repeat(20, afterRetry, createRetryBudget())).toEqual(repeat(10, afterRetry, createRetryBudget()))
})

it('lets through at most ten retries and a fifth of what went well', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 500, size: 'max' }), (wentWell) => {
      let budget = createRetryBudget()
      let retries = 0
      let successes = 0
      for (const success of wentWell) {
        if (success) {
          successes++
          budget = afterFirstTrySuccess(budget)
        } else if (mayRetry(budget)) {
          retries++
          budget = afterRetry(budget)
        }
        expect(retries).toBeLessThanOrEqual(10 + successes / 5)
      }
    }),
    { numRuns: 200 },
  )
})
