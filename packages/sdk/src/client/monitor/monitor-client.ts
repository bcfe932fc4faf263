import type { MonitorDefinition, PingReceipt, SuccessOptions } from '@crontify/protocol'
import type { OpenClient } from '../open-client.ts'
import type { Cancel } from '../../clock.ts'
import type { PingOnItsWay } from '../../delivery/delivery.ts'
import { createMonitorRuns, type MonitorRuns } from '../../run/life/monitor-runs.ts'
import type { Run } from '../../run/run.ts'
import { wrapJob, type WrapOptions, type WrapWaits } from '../../run/layers/wrap-job.ts'
import { settleWithin } from '../../settle-within.ts'
import { closeMonitor } from './close-monitor.ts'
import { flushMs, type FlushOptions } from '../flush-options.ts'
import type { HeartbeatOptions } from './heartbeat.ts'
import { createHeartbeats } from './heartbeats.ts'
import { createManualRuns } from './manual-runs.ts'
import { createMonitorPings, type MonitorPings } from './monitor-pings.ts'
import type { PingStats } from '../ping-counts.ts'
import { createCallReader } from './read-call.ts'
import { runsContextOf } from './runs-context-of.ts'

/** What is behind a `CrontifyMonitor`. */
export interface MonitorClient {
  /** `undefined` if they cannot be loaded. */
  readonly runs: MonitorRuns | undefined
  start(): Promise<PingReceipt | null>
  success(options: SuccessOptions | undefined): Promise<PingReceipt | null>
  fail(failure: unknown): Promise<PingReceipt | null>
  wrap<Result>(job: (run: Run) => Result | Promise<Result>, options: WrapOptions<Result>): Promise<Result>
  heartbeat(options: HeartbeatOptions): Cancel
  flush(options: FlushOptions): Promise<PingStats>
  close(options: FlushOptions): Promise<PingStats>
  stats(): PingStats
}

/** @param definition  What is known of the monitor, if it was defined in code. */
export function createMonitorClient(
  client: OpenClient,
  monitorId: string,
  definition?: MonitorDefinition,
): MonitorClient {
  const { ready, surroundings } = client
  const { clock } = surroundings
  const calls = createCallReader(client, monitorId)
  const pings = createMonitorPings(client, monitorId, definition)
  const runs = createMonitorRuns(runsContextOf(client, monitorId, definition, pings, calls))
  const manual = createManualRuns(runs, calls)
  const heartbeats = heartbeatsOf(client, pings, calls, runs)
  const settings = ready?.settings

  const flush = async (options: FlushOptions): Promise<PingStats> => {
    await settleWithin(pings.idle(), flushMs(options), clock)
    return pings.stats()
  }
  let closing: Promise<PingStats> | undefined
  const waits = waitsOf(pings, settings)
  return {
    runs,
    start: async () => pings.receipt(manual.start(), settings?.startWaitMs),
    success: async (options) => pings.receipt(manual.success(options), settings?.endWaitMs),
    fail: async (failure) => pings.receipt(manual.fail(failure), settings?.endWaitMs),
    wrap: (job, options) => wrapJob(job, options, runs, waits),
    heartbeat: heartbeats.start,
    flush,
    close: (options) => {
      heartbeats.stopAll()
      closing ??= closeMonitor(runs, pings, flushMs(options))
      return closing
    },
    stats: pings.stats,
  }
}

function waitsOf(
  pings: MonitorPings,
  settings: { readonly startWaitMs: number; readonly endWaitMs: number } | undefined,
): WrapWaits {
  return {
    untilWritten: ({ written }) => pings.within(written, settings?.startWaitMs),
    forEnd: ({ end }) => pings.within(end, settings?.endWaitMs),
    throwIfAsked: (sent: PingOnItsWay) => pings.throwIfAsked(sent),
  }
}

function heartbeatsOf(
  { surroundings, silent, warner }: OpenClient,
  pings: MonitorPings,
  calls: ReturnType<typeof createCallReader>,
  { context }: MonitorRuns,
): ReturnType<typeof createHeartbeats> {
  return createHeartbeats({
    clock: surroundings.clock,
    silent,
    say: (warning) => warner.say(warning),
    canSend: () => pings.isReady() && !pings.isClosed(),
    succeed: (meta) => pings.beat(context.newId(), calls.read('success', { meta }).meta)?.end,
    warn: (message) => context.warn('heartbeat', message),
  })
}
