import type { JobAttempt } from '@crontify/sdk/adapter'
import { isLastAttempt, type JobWithRetries } from './job-with-retries.ts'

/**
 * Which attempt a call of a handler is. A batch is one run, named by its first job; it is the last attempt as soon as one of its jobs has
 * none left, so that no final failure goes unreported.
 *
 * @returns `undefined` if the jobs came without what `includeMetadata: true` adds.
 */
export function attemptOfBatch(jobs: readonly JobWithRetries[]): JobAttempt | undefined {
  const [head] = jobs
  if (head === undefined || typeof head.retryLimit !== 'number') return undefined
  return {
    key: head.id,
    first: head.retryCount === 0,
    last: jobs.some(isLastAttempt),
    attributes: {
      'faas.trigger': 'pubsub',
      'messaging.system': 'pg-boss',
      'messaging.destination.name': head.name,
      'messaging.message.id': head.id,
      ...(jobs.length > 1 && { 'messaging.batch.message_count': jobs.length }),
    },
  }
}
