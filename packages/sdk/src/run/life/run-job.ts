import { describeError } from '../../redaction/describe-error.ts'
import { metaOfResult, type MetaOption } from '../result-meta.ts'
import { describeFailure } from './describe-failure.ts'
import type { GivenEnd, LiveRun } from './live-run.ts'
import type { MonitorRuns } from './monitor-runs.ts'
import type { RunAttributes } from './observation.ts'

/** The option of `wrap` and `monitored` that reads a result. */
export interface ResultOptions<Result> {
  readonly meta?: MetaOption<Result>
}

/** The success of a run whose job gave this result. */
export function endOfResult<Result>(
  result: Result,
  { meta }: ResultOptions<Result>,
  { context }: MonitorRuns,
): GivenEnd {
  const made = metaOfResult(result, meta, context.definition, (message) => context.warn('meta', message))
  return made === undefined ? {} : { meta: context.readMeta(made) }
}

/** The failure of a run whose job threw. */
export function endOfError(error: unknown, run: LiveRun, { context }: MonitorRuns): GivenEnd {
  return { ...describeFailure(describeError(error), run.log(), context.clean), error }
}

/**
 * A job inside an open run of the same monitor is part of that run: its numbers are the run's, and nothing is sent. With pings of
 * its own it would overlap with the run around it.
 */
export async function joinRun<Result>(
  outer: LiveRun,
  runs: MonitorRuns,
  job: () => Result | Promise<Result>,
  options: ResultOptions<Result>,
): Promise<Result> {
  warnOfNesting(runs)
  const result = await job()
  addResult(outer, result, options, runs)
  return result
}

export function warnOfNesting({ context }: MonitorRuns): void {
  context.warn(
    'nested',
    `A job of "${context.monitorId}" was called inside a run of the same monitor. It joins that run and sends no pings; wrap the job only once.`,
  )
}

export function addResult<Result>(
  outer: LiveRun,
  result: Result,
  options: ResultOptions<Result>,
  runs: MonitorRuns,
): void {
  const { meta } = endOfResult(result, options, runs)
  if (meta !== undefined && outer.isOpen()) outer.handle.meta(meta)
}

/** The job's name for observers; a function written in place has none. */
export function functionName(job: { readonly name: string }): RunAttributes {
  return job.name === '' ? {} : { 'code.function.name': job.name }
}
