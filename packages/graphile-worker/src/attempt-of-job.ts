import type { JobAttempt } from '@crontify/sdk/adapter'
import type { HelpersWithJob } from './task-types.ts'

/** Which attempt a call of a task is. Throws for helpers that have no job. */
export function attemptOfJob({ job }: HelpersWithJob): JobAttempt {
  return {
    key: job.id,
    first: job.attempts <= 1,
    last: isLastAttempt(job),
    attributes: {
      'faas.trigger': 'pubsub',
      'messaging.system': 'graphile-worker',
      'messaging.destination.name': job.task_identifier,
      'messaging.message.id': job.id,
    },
  }
}

/** Whether a failure of the job is final. */
export function isLastAttempt({ attempts, max_attempts }: HelpersWithJob['job']): boolean {
  return attempts >= max_attempts
}
