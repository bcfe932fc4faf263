import type { CrontifyMonitor } from '@crontify/sdk'
import type { JobReport } from './job-report.ts'

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
      // A text and not an Error: a stack of ours would stand before the job's own output.
      throw failure.message
    })
  } catch {
    // The job's own failure: the exit code reports it.
  }
}
