import { expect, it } from 'vitest'
import { schedulerOfJob } from './scheduler-of-job.ts'

it.each([
  ['repeat:nightly-report:1764000000000', 'nightly-report'],
  ['repeat:team:reports:1:1764000000000', 'team:reports:1'],
  ['42', undefined],
  ['repeat:', undefined],
  ['my-repeat:x:1', undefined],
])('finds in the job id %s the scheduler %s', (jobId, scheduler) => {
  expect(schedulerOfJob(jobId)).toBe(scheduler)
})
