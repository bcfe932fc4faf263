import { attempt, failureOfMany, type FailedAttempt } from '@crontify/sdk/adapter'
import { isLastAttempt, type JobWithRetries } from './job-with-retries.ts'

/** How one job of a batch ended, as a handler with `perJobResults: true` says it. */
interface JobResult {
  readonly id: string
  readonly status: 'completed' | 'failed' | 'deadletter'
  readonly output?: unknown
}

/**
 * The failure that the result of a handler tells of, read as pg-boss reads it under `perJobResults`: a job without a result has failed.
 *
 * It is final if a job has failed for good. Jobs that will be tried again leave the run open if the first job, whose id names the run, is
 * one of them; without it, the run is over, and their next attempts report themselves.
 *
 * @returns `undefined` for a success, and for a result that is no list of the batch's jobs.
 */
export function failureInResults(
  result: unknown,
  jobs: readonly JobWithRetries[],
): FailedAttempt | undefined {
  if (!isResultsOf(result, jobs)) return undefined
  const results = new Map(result.map((one) => [one.id, one]))
  const failed = jobs.filter(({ id }) => results.get(id)?.status !== 'completed')
  if (failed.length === 0) return undefined
  const isFinal = (job: JobWithRetries): boolean =>
    results.get(job.id)?.status === 'deadletter' || isLastAttempt(job)
  const last = failed.some(isFinal)
  if (!last && failed[0] !== jobs[0]) return undefined
  const causes = failed.map(({ id }) => `${id}: ${causeOf(results.get(id))}`)
  return { error: failureOfMany(causes, `${failed.length} of ${jobs.length} jobs failed`), last }
}

function isResultsOf(result: unknown, jobs: readonly JobWithRetries[]): result is readonly JobResult[] {
  const ids = new Set(jobs.map(({ id }) => id))
  return (
    Array.isArray(result) &&
    result.length > 0 &&
    result.every(
      (one: Partial<JobResult> | null) => ids.has(one?.id ?? '') && typeof one?.status === 'string',
    )
  )
}

function causeOf(result: JobResult | undefined): string {
  if (result === undefined) return 'no result'
  const { output } = result
  if (output instanceof Error) return output.message
  return output === undefined
    ? result.status
    : typeof output === 'string'
      ? output
      : attempt(() => JSON.stringify(output), result.status)
}
