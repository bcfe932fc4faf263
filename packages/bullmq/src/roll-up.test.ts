import { expect, it } from 'vitest'
import { createRollUp, type RollUp } from './roll-up.ts'

function interval(completed: number, failed: number): RollUp {
  const rollUp = createRollUp()
  for (let index = 1; index <= completed; index++) rollUp.completed(index)
  for (let index = 0; index < failed; index++) rollUp.failed(5, index % 3 === 0 ? 'no route' : 'timed out')
  return rollUp
}

it('counts an interval without jobs as a success of nothing', () => {
  expect(createRollUp().verdict(0.05)).toEqual({
    type: 'success',
    meta: { jobs_completed: 0, jobs_failed: 0, jobs_stalled: 0, attempts_retried: 0, failed_percent: 0 },
  })
})

it('says how many, and how long the slowest of twenty and the slowest of all took', () => {
  const rollUp = interval(100, 0)
  rollUp.retried()
  rollUp.stalled()

  const { meta } = rollUp.verdict(0.05)

  expect(meta).toMatchObject({
    jobs_completed: 100,
    attempts_retried: 1,
    jobs_stalled: 1,
    duration_ms_max: 100,
  })
  expect(meta['duration_ms_p95']).toBeCloseTo(95, -0.5)
})

it.each([
  [95, 5, 'success'],
  [94, 6, 'fail'],
] as const)('judges %i completed and %i failed jobs at 5 %% as a %s', (completed, failed, type) => {
  expect(interval(completed, failed).verdict(0.05).type).toBe(type)
})

it('fails for a single failure at 0, and never at 1', () => {
  expect(interval(1_000, 1).verdict(0).type).toBe('fail')
  expect(interval(0, 10).verdict(1).type).toBe('success')
})

it('names the errors, the most frequent one first', () => {
  expect(interval(1, 9).verdict(0.5)).toMatchObject({
    message: '9 of 10 jobs failed (90 %)',
    log: '6 × timed out\n3 × no route',
  })
})

it('keeps ten errors apart and counts the others, however many there are', () => {
  const rollUp = createRollUp()
  for (let index = 0; index < 5_000; index++) rollUp.failed(1, `${index} `.padEnd(1_000, 'x'))

  const verdict = rollUp.verdict(0)

  expect(verdict.type === 'fail' ? verdict.log.split('\n') : []).toHaveLength(11)
  expect(verdict).toMatchObject({ log: expect.stringContaining('4990 × other errors') as string })
  expect(verdict.type === 'fail' ? verdict.log.length : Infinity).toBeLessThan(4_000)
})
