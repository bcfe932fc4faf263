import { failureOfMany, type FailedAttempt } from '@crontify/sdk/adapter'
import { isLastAttempt } from './attempt-of-job.ts'
import type { HelpersWithJob } from './task-types.ts'

/**
 * The failure that the result of a task tells of, read as Graphile Worker reads it: where payload and result are lists of one length,
 * each result belongs to one entry, and a promise among them that rejects fails the job.
 *
 * @returns `undefined` for a success, and for a result that is no list of results.
 */
export function failureInBatch(
  result: unknown,
  payload: unknown,
  { job }: HelpersWithJob,
): Promise<FailedAttempt | undefined> | undefined {
  const isBatch = Array.isArray(result) && Array.isArray(payload) && result.length === payload.length
  return isBatch ? failureOf(result, isLastAttempt(job)) : undefined
}

async function failureOf(results: readonly unknown[], last: boolean): Promise<FailedAttempt | undefined> {
  const settled = await Promise.allSettled(results)
  const reasons = settled.filter((one) => one.status === 'rejected').map(({ reason }): unknown => reason)
  if (reasons.length === 0) return undefined
  return {
    error: failureOfMany(reasons.map(messageOf), `${reasons.length} of ${results.length} entries failed`),
    last,
  }
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}
