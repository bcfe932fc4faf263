import { expect, it } from 'vitest'
import { failureInResults } from './failure-in-results.ts'

const job = (id: string, retryCount = 0) => ({
  id,
  name: 'reports',
  retryCount,
  retryLimit: 1,
  expireInSeconds: 900,
})
const failed = (id: string, output?: unknown) => ({ id, status: 'failed', output })
const completed = (id: string) => ({ id, status: 'completed' })

it.each([
  ['a result of the job itself', { rows: 120 }],
  ['a list of other things', [1, 2]],
  ['an empty list', []],
  ['nothing', undefined],
  ['completed jobs', [completed('a'), completed('b')]],
])('finds no failure in %s', (_name, result) => {
  expect(failureInResults(result, [job('a'), job('b')])).toBeUndefined()
})

it.each([
  ['a failed first job that is tried again', [job('a'), job('b')], [failed('a'), completed('b')], false],
  ['a failed job without retries', [job('a'), job('b', 1)], [completed('a'), failed('b')], true],
  [
    'a job for the dead letter queue',
    [job('a'), job('b')],
    [completed('a'), { id: 'b', status: 'deadletter' }],
    true,
  ],
  ['a job without a result', [job('a', 1), job('b')], [completed('b')], true],
])('finds the failure in %s', (_name, jobs, result, last) => {
  expect(failureInResults(result, jobs)).toMatchObject({ last })
})

it('leaves the retry of a later job to that job, which is a run of its own then', () => {
  expect(failureInResults([completed('a'), failed('b')], [job('a'), job('b')])).toBeUndefined()
})

it('tells the causes, each as short as it is', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const outputs = [new Error('no paper'), 'no ink', { code: 7 }, undefined]
  const results = ids.slice(0, -1).map((id, index) => failed(id, outputs[index]))

  const failure = failureInResults(
    results,
    ids.map((id) => job(id, 1)),
  )

  expect((failure?.error as Error).message).toBe(
    '7 of 7 jobs failed\na: no paper\nb: no ink\nc: {"code":7}\nd: failed\ne: failed\nand 2 more',
  )
})
