import {
  failBody,
  successBody,
  type FailOptions,
  type Meta,
  type MonitorDefinition,
  type PingKind,
  type PingReceipt,
  type SuccessOptions,
} from '@crontify/protocol'
import type { OpenClient } from './open-client.ts'
import type { Cancel } from '../clock.ts'
import { metaWarning } from '../definition/meta-warning.ts'
import type { NewPing, PingOnItsWay } from '../delivery/delivery.ts'
import { CrontifyClosedError } from '../errors.ts'
import type { ExitMonitor } from '../process-exit/exit-watch.ts'
import { processEndText } from '../process-exit/process-end-text.ts'
import { monitorIdProblem } from '../options/read-options.ts'
import { composeLog } from '../run/log/compose-log.ts'
import type { OwnedRun } from '../run/create-run.ts'
import type { Run } from '../run/run.ts'
import { settleWithin } from '../settle-within.ts'
import { describeError, type ErrorDescription } from '../redaction/describe-error.ts'
import { flushMs, type FlushOptions } from './flush-options.ts'
import type { HeartbeatOptions } from './heartbeat.ts'
import { createHeartbeats } from './heartbeats.ts'
import { createOpenRuns } from '../run/open-runs.ts'
import { createPingCounts, type PingStats } from './ping-counts.ts'
import { createPingSender } from './ping-sender.ts'
import { createCallReader } from './read-call.ts'
import { createRunGate } from '../run/run-gate.ts'
import type { Runs } from '../run/runs-of.ts'
import { wrapJob, type WrapContext, type WrapOptions } from '../run/wrap-job.ts'

/** What is behind a `CrontifyMonitor`. */
export interface MonitorClient {
  readonly disabledReason: string | undefined
  readonly runs: Runs
  start(): Promise<PingReceipt | null>
  success(options: SuccessOptions | undefined): Promise<PingReceipt | null>
  fail(options: FailOptions | Error | string | undefined): Promise<PingReceipt | null>
  wrap<Result>(job: (run: Run) => Result | Promise<Result>, options: WrapOptions<Result>): Promise<Result>
  heartbeat(options: HeartbeatOptions): Cancel
  flush(options: FlushOptions): Promise<PingStats>
  close(options: FlushOptions): Promise<PingStats>
  stats(): PingStats
}

/**
 * @param definition  What is known of the monitor, if it was defined in code.
 * @throws {CrontifyConfigError} with `silent: false`, when the id is wrong.
 */
export function createMonitorClient(
  given: OpenClient,
  monitorId: string,
  definition?: MonitorDefinition,
): MonitorClient {
  const problem = given.ready && monitorIdProblem(monitorId)
  if (problem !== undefined) given.refuse(problem.message, problem.code)
  const client: OpenClient = problem === undefined ? given : { ...given, ready: undefined }
  const { ready, silent, surroundings, warner } = client
  const { clock, newId } = surroundings
  const settings = ready?.settings
  const counts = createPingCounts()
  const gate = createRunGate()
  const calls = createCallReader(client, monitorId)
  const sender =
    ready && createPingSender({ ...client, ...ready, ...ready.settings, monitorId, counts, clock })
  const openRuns = createOpenRuns(
    client,
    monitorId,
    definition,
    calls,
    // Only while a run is open: a client that is made for each run must not be kept for ever.
    () => surroundings.exits.addMonitor(exitMonitor),
    () => surroundings.exits.removeMonitor(exitMonitor),
  )
  /** The run that `start()` has begun and no end has closed yet. */
  let manualRunId: string | undefined
  let closing: Promise<PingStats> | undefined

  /** Sends a ping; whatever goes wrong on our side ends in counts and warnings, never as an error. */
  function send(kind: PingKind, runId: string, body: NewPing['body']): PingOnItsWay | undefined {
    if (sender === undefined || closing !== undefined) {
      counts.created()
      if (sender === undefined) counts.skipped('disabled')
      else counts.dropped('closed')
      return undefined
    }
    return sender.send(kind, runId, body)
  }

  function sendSuccess(runId: string, meta: Meta): PingOnItsWay | undefined {
    const warning = definition && metaWarning(definition, meta)
    if (warning !== undefined) warner.sayOncePerBurst(`${monitorId}: definition`, warning)
    return send('success', runId, successBody({ meta }))
  }

  function sendRunFailure(run: OwnedRun, { message, log }: ErrorDescription) {
    const body = {
      message: client.clean(message),
      meta: run.meta(),
      log: composeLog(log, run.log, client.clean),
    }
    return send('fail', run.handle.id, failBody(body))
  }

  async function settle(sent: PingOnItsWay | undefined, waitMs = 0): Promise<PingReceipt | null> {
    if (sent === undefined || sender === undefined) {
      if (closing !== undefined) refuseClosed()
      return null
    }
    return silent ? sender.receiptWithin(sent, sender.patience(waitMs)) : sender.receiptOrThrow(sent)
  }

  function refuseClosed(): void {
    const message = `The client of "${monitorId}" is closed: its pings are not sent any more`
    if (!silent) throw new CrontifyClosedError(message)
    warner.sayOncePerBurst(`${monitorId}: closed`, message)
  }

  function takeManualRunId(): string {
    const runId = manualRunId ?? newId()
    manualRunId = undefined
    return runId
  }

  function announceSuperseded(error: unknown): void {
    const message = client.scrub(describeError(error).message)
    client.emit({ type: 'superseded', monitorId, message })
    warner.say(
      `A run of "${monitorId}" failed after a newer run had started; its fail ping is not sent, because it would close the newer run: ${message}`,
    )
  }

  function sayMetaError(where: string, error: unknown): void {
    const { message } = describeError(error)
    warner.sayOncePerBurst(
      `${monitorId}: ${where}`,
      `The meta function of ${where} failed and is left out: ${message}`,
    )
  }

  const exitMonitor: ExitMonitor = {
    endOpenRuns: (end) => {
      if (end.type === 'exit' && settings?.atExit !== true) return
      for (const [runId, run] of openRuns.all()) {
        run.end()
        openRuns.close(runId)
        if (gate.leave(runId)) sendRunFailure(run, processEndText(end))
      }
    },
  }
  if (settings?.handleSignals === true) surroundings.exits.handleSignals()

  const runs: Runs = {
    gate,
    onSuperseded: announceSuperseded,
    onSkippedEnd: () => {
      counts.created()
      counts.skipped('superseded')
    },
    idle: async () => ready?.delivery.idle(monitorId),
  }
  const flush = async (options: FlushOptions): Promise<PingStats> => {
    await settleWithin(runs.idle(), flushMs(options), clock)
    return counts.snapshot()
  }
  const within = (promise: Promise<unknown>, waitMs = 0): Promise<unknown> =>
    settleWithin(promise, sender?.patience(waitMs) ?? 0, clock)

  const heartbeats = createHeartbeats({
    clock,
    silent,
    say: (warning) => warner.say(warning),
    canSend: () => sender !== undefined && closing === undefined,
    succeed: (meta) => sendSuccess(newId(), calls.read('success', { meta }).meta)?.end,
    onMetaError: (error) => sayMetaError('heartbeat', error),
  })

  const wrapContext: WrapContext = {
    runs,
    enter: () => {
      const run = openRuns.open(newId())
      gate.enter(run.handle.id)
      return run
    },
    begin: (run, options) => openRuns.begin(run.handle.id, options),
    leave: ({ handle: { id } }) =>
      !openRuns.close(id) ? 'closed' : gate.leave(id) ? 'latest' : 'superseded',
    start: ({ handle }) => send('start', handle.id, undefined),
    succeed: (run, meta) =>
      sendSuccess(run.handle.id, { ...run.meta(), ...calls.read('success', { meta }).meta }),
    fail: (run, error) => sendRunFailure(run, describeError(error)),
    waitUntilWritten: ({ written }) => within(written, settings?.startWaitMs),
    waitForEnd: ({ end }) => within(end, settings?.endWaitMs),
    throwIfAsked: async (sent) => {
      if (!silent) await sender?.receiptOrThrow(sent)
    },
    onMetaError: (error) => sayMetaError('wrap', error),
  }

  return {
    disabledReason: problem?.message ?? client.disabledReason,
    runs,
    start: async () => {
      gate.enter(Symbol('start'))
      manualRunId = newId()
      return settle(send('start', manualRunId, undefined), settings?.startWaitMs)
    },
    success: async (options) => {
      gate.clear()
      const { meta } = calls.read('success', options)
      return settle(sendSuccess(takeManualRunId(), meta), settings?.endWaitMs)
    },
    fail: async (options) => {
      gate.clear()
      const body = failBody(calls.read('fail', options))
      return settle(send('fail', takeManualRunId(), body), settings?.endWaitMs)
    },
    wrap: (job, options) => wrapJob(job, options, wrapContext),
    heartbeat: heartbeats.start,
    flush,
    close: (options) => {
      heartbeats.stopAll()
      closing ??= flush(options).then(async () => {
        ready?.delivery.drop(monitorId, 'closed')
        // The drops are counted in promise callbacks.
        await Promise.resolve()
        return counts.snapshot()
      })
      return closing
    },
    stats: () => counts.snapshot(),
  }
}
