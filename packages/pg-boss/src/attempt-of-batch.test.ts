import { expect, it } from 'vitest'
import { attemptOfBatch } from './attempt-of-batch.ts'

const job = (id: string, retryCount: number, retryLimit = 2) => ({
  id,
  name: 'reports',
  retryCount,
  retryLimit,
  expireInSeconds: 900,
})

it.each([
  ['a first attempt', [job('a', 0)], { key: 'a', first: true, last: false }],
  ['a retry', [job('a', 1)], { key: 'a', first: false, last: false }],
  ['the last attempt', [job('a', 2)], { key: 'a', first: false, last: true }],
  ['a job without retries', [job('a', 0, 0)], { key: 'a', first: true, last: true }],
  ['a batch with an exhausted job', [job('a', 0), job('b', 2)], { key: 'a', first: true, last: true }],
])('reads %s', (_name, jobs, attempt) => {
  expect(attemptOfBatch(jobs)).toMatchObject(attempt)
})

it('names the queue and the job for tracing', () => {
  expect(attemptOfBatch([job('a', 0), job('b', 0)])?.attributes).toEqual({
    'faas.trigger': 'pubsub',
    'messaging.system': 'pg-boss',
    'messaging.destination.name': 'reports',
    'messaging.message.id': 'a',
    'messaging.batch.message_count': 2,
  })
})

it.each([
  ['jobs without metadata', [{ id: 'a', name: 'reports' }]],
  ['no jobs', []],
])('knows nothing of %s', (_name, jobs) => {
  expect(attemptOfBatch(jobs as never)).toBeUndefined()
})
