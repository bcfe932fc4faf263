import type { CrontifyMonitor } from '@crontify/sdk'

/** What is told of a run when its job has ended. */
export interface JobReport {
  readonly meta: Readonly<Record<string, number>>
  /** `undefined` where the run went well. */
  readonly failure: { readonly message: string; readonly log: readonly string[] } | undefined
}

/**
 * Sends the pings of a job that already runs: a start now, and the end when the report is there.
 *
 * Never rejects. Resolves when the last ping has arrived, or after the client's longest wait for it.
 */
export async function reportJob(
  monitor: Pick<CrontifyMonitor, 'wrap'>,
  report: Promise<JobReport>,
): Promise<void> {
  try {
    await monitor.wrap(async (run) => {
      const { meta, failure } = await report
      run.meta(meta)
      if (failure === undefined) return
      for (const line of failure.log) run.log(line)
      throw failureError(failure.message)
    })
  } catch {
    // The job's own failure: it is told by the exit code.
  }
}

/** An error whose text is the message alone: where it was made says nothing about the job. */
function failureError(message: string): Error {
  const error = new Error(message)
  error.stack = message
  return error
}
