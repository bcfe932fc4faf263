import type { Meta } from '@crontify/protocol'
import { settleWithin } from '../../settle-within.ts'
import { describeError } from '../../redaction/describe-error.ts'
import { enterRun } from '../current-run.ts'
import { describeFailure } from '../life/describe-failure.ts'
import type { LiveRun } from '../life/live-run.ts'
import type { RunAttributes, TraceCarrier } from '../life/observation.ts'
import type { MonitorRuns } from '../life/monitor-runs.ts'
import { endOfResult } from '../life/run-job.ts'
import type { RunKind } from '../life/run-policy.ts'
import type { Pinger } from './pinger.ts'
import type { MetaOption } from '../result-meta.ts'
import type { Run } from '../run.ts'
import { runsOf } from './runs-of.ts'

/** Settings of a run tracker. */
export interface TrackerOptions {
  /**
   * `'job'`: the job runs in this process, so a process that ends first fails the run. `'queued'`: another process may continue the
   * run, so the end of this one says nothing about it.
   *
   * @default 'job'
   */
  readonly kind?: Exclude<RunKind, 'manual'> | undefined
}

/** What is known of a failed run besides its error and what was given to its {@link Run}. */
export interface GatheredByRun {
  readonly meta?: Meta | undefined
  /** Lines for the log, below the error and its causes. */
  readonly log?: string | undefined
}

/**
 * Follows the runs of one monitor for an adapter: by keys of the scheduler, without waiting, without throwing.
 *
 * A key names one run: a scheduler's execution id, or a new symbol for each call.
 */
export interface RunTracker {
  /**
   * A run begins: sends its start ping. Gives what the job may add metadata and log lines to.
   *
   * @param attributes  What is known of the job, for tracing.
   * @param carrier  The trace context that the queue carried from where the job was added: the run's span links to it.
   */
  open(key: unknown, attributes?: RunAttributes, carrier?: TraceCarrier): Run
  /** A run continues whose start ping was sent before, perhaps by another process: sends nothing. */
  adopt(key: unknown, attributes?: RunAttributes, carrier?: TraceCarrier): Run
  /** Calls the job of a run, so that `currentRun()` finds the run. */
  call<Result>(key: unknown, job: () => Result): Result
  /** From here on, `currentRun()` finds the run in what the caller calls and awaits. For listeners that are called just before the job. */
  enter(key: unknown): void
  /** The job of the run has ended for now, and will be retried, perhaps by another process: sends nothing. */
  rest(key: unknown): void
  /** The run went well: sends its success ping, unless a newer run has started. */
  succeed(key: unknown, meta?: Meta): void
  /** The run went well: {@link succeed} with the metadata of the job's result, read as `wrap` reads them. */
  complete(key: unknown, result: unknown, meta?: MetaOption<never>): void
  /** The run failed: sends its fail ping, unless a newer run has started. */
  fail(key: unknown, error: unknown, gathered?: GatheredByRun): void
  /** Another process continues the run: forgets it and sends nothing. */
  leave(key: unknown): void
  /**
   * Waits until the pings sent so far have ended, at most `withinMs` milliseconds: for shutdown, and for platforms that freeze the
   * process once a handler has returned.
   *
   * Never rejects: true if all have ended in time.
   *
   * @default `delivery.endWaitMs` of the monitor, as `wrap` waits: 5,000, and 0 while the service is known to be away
   */
  settled(withinMs?: number): Promise<boolean>
}

/** Most runs of a monitor that are followed at once; one that another process ends must not cost memory forever. */
const MAX_RUNS = 1_000

/** Trackers of one monitor object know of each other's runs. */
const runsByKey = new WeakMap<MonitorRuns, Map<unknown, LiveRun>>()

/**
 * Makes the tracker of one monitor.
 *
 * Nothing here throws or rejects, also when the monitor does: a scheduler must not suffer from its watcher.
 *
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { createRunTracker } from '@crontify/sdk/adapter'
 *
 * const runs = createRunTracker(new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' }))
 * runs.open('run-1')
 * runs.succeed('run-1', { files_copied: 120 })
 * await runs.settled(5_000)
 */
export function createRunTracker(monitor: Pinger, options: TrackerOptions = {}): RunTracker {
  const runs = runsOf(monitor)
  const { context } = runs
  const kind = options.kind ?? 'job'
  const byKey = runsByKey.get(runs) ?? new Map<unknown, LiveRun>()
  runsByKey.set(runs, byKey)

  const opened = (
    key: unknown,
    start: 'send' | 'adopt',
    attributes: RunAttributes | undefined,
    carrier: TraceCarrier | undefined,
  ): Run => {
    byKey.get(key)?.leave()
    byKey.delete(key)
    if (byKey.size >= MAX_RUNS) forgetOldest(byKey)
    const run = runs.open({ kind, start, attributes, carrier })
    byKey.set(key, run)
    run.work()
    return run.handle
  }
  /** A run that nobody opened counts as ours: its start may have been sent by another process. */
  const ending = (key: unknown): LiveRun => {
    const run = byKey.get(key)
    byKey.delete(key)
    return run ?? runs.open({ kind, start: 'none' })
  }
  return {
    open: (key, attributes, carrier) => opened(key, 'send', attributes, carrier),
    adopt: (key, attributes, carrier) => {
      const known = byKey.get(key)
      if (known === undefined) return opened(key, 'adopt', attributes, carrier)
      known.rest(false)
      context.pings.adopt(known.id)
      return known.handle
    },
    call: (key, job) => {
      const run = byKey.get(key)
      return run === undefined ? job() : context.processRuns.call(context.identity, run, job)
    },
    enter: (key) => enterRun(byKey.get(key)?.handle),
    rest: (key) => byKey.get(key)?.rest(true),
    succeed: (key, meta) => void ending(key).end('success', meta && { meta: context.readMeta(meta) }),
    complete: (key, result, meta) =>
      void ending(key).end('success', endOfResult(result as never, { meta }, runs)),
    fail: (key, error, { meta, log } = {}) => {
      const run = ending(key)
      for (const line of log?.split('\n') ?? []) run.handle.log(line)
      const failure = describeFailure(describeError(error), run.log(), context.clean)
      run.end('fail', { ...failure, error, meta: meta && context.readMeta(meta) })
    },
    leave: (key) => {
      byKey.get(key)?.leave()
      byKey.delete(key)
    },
    settled: async (withinMs = context.pings.endWaitMs()) => {
      const all = context.pings.idle().then(() => true)
      return (await settleWithin(all, withinMs, context.clock)) ?? false
    },
  }
}

function forgetOldest(byKey: Map<unknown, LiveRun>): void {
  for (const [key, run] of byKey) {
    run.leave()
    byKey.delete(key)
    return
  }
}
