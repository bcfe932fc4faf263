import type { ExecOptions } from './exec-options.ts'
import { failureMessage, shellCode, wentWell } from './job-end.ts'
import { jobLog } from './job-log.ts'
import type { JobOutcome } from './run-job.ts'

/** What is sent about a run when its job has ended. */
export interface JobReport {
  readonly meta: Readonly<Record<string, number>>
  /** `undefined` if the run went well. */
  readonly failure: { readonly message: string; readonly log: readonly string[] } | undefined
}

/** The report of a job. Secrets are taken out of its output before the last lines are picked. */
export async function jobReport(
  { end, durationMs, timedOut, meta, output }: JobOutcome,
  options: ExecOptions,
): Promise<JobReport> {
  const all = { exit_code: shellCode(end), duration_ms: durationMs, ...options.meta, ...meta }
  if (wentWell(end, timedOut)) return { meta: all, failure: undefined }
  const { redact } = await import('@crontify/sdk/adapter')
  const lines = output.lines(redact)
  const lastLine = lines.stderr.at(-1) ?? lines.stdout.at(-1)
  const stoppedAfter = timedOut ? options.maxDurationText : undefined
  const message = failureMessage(options.command, end, stoppedAfter, lastLine)
  return { meta: all, failure: { message, log: jobLog(lines) } }
}
