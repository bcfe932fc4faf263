import { expect, it } from 'vitest'
import { attemptOfJob } from './attempt-of-job.ts'

const helpers = (attempts: number, max_attempts = 3) => ({
  job: { id: '7', task_identifier: 'report', attempts, max_attempts },
})

it.each([
  ['a first attempt', helpers(1), { key: '7', first: true, last: false }],
  ['a retry', helpers(2), { key: '7', first: false, last: false }],
  ['the last attempt', helpers(3), { key: '7', first: false, last: true }],
  ['a job without retries', helpers(1, 1), { key: '7', first: true, last: true }],
])('reads %s', (_name, given, attempt) => {
  expect(attemptOfJob(given)).toMatchObject(attempt)
})

it('names the task and the job for tracing', () => {
  expect(attemptOfJob(helpers(1)).attributes).toEqual({
    'faas.trigger': 'pubsub',
    'messaging.system': 'graphile-worker',
    'messaging.destination.name': 'report',
    'messaging.message.id': '7',
  })
})
