import { expect, it } from 'vitest'
import { failureInBatch } from './failure-in-batch.ts'

const helpers = (attempts: number) => ({
  job: { id: '7', task_identifier: 'report', attempts, max_attempts: 3 },
})
const rejected = (reason: unknown): Promise<never> => {
  const promise = Promise.reject(reason as Error)
  promise.catch(() => {})
  return promise
}

it.each([
  ['an object', { mails: 3 }, ['a', 'b']],
  ['a list for a payload that is none', [rejected('no ink')], { mails: 3 }],
  ['a list of another length', [rejected('no ink')], ['a', 'b']],
])('sees no batch in %s', (_name, result, payload) => {
  expect(failureInBatch(result, payload, helpers(1))).toBeUndefined()
})

it('finds no failure where every entry succeeded', async () => {
  expect(await failureInBatch([1, Promise.resolve(2)], ['a', 'b'], helpers(3))).toBeUndefined()
})

it.each([
  [1, false],
  [3, true],
])('finds the entries that failed in attempt %i', async (attempts, last) => {
  const results = [rejected(new Error('no paper')), 'sent', rejected('no ink')]

  expect(await failureInBatch(results, ['a', 'b', 'c'], helpers(attempts))).toEqual({
    error: { name: 'BatchFailed', message: '2 of 3 entries failed\nno paper\nno ink' },
    last,
  })
})
