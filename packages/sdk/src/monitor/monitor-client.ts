import {
  cutMiddle,
  failBody,
  readMeta,
  successBody,
  type FailOptions,
  type PingKind,
  type PingReceipt,
  type SuccessOptions,
} from '@crontify/protocol'
import type { OpenRunRecord } from '../spool/crash-records.ts'
import type { NewPing, PingOnItsWay } from '../delivery/delivery.ts'
import { describeError } from '../text/describe-error.ts'
import { CrontifyClosedError, CrontifyConfigError } from '../errors.ts'
import type { ExitMonitor } from '../exit/exit-watch.ts'
import type { MonitorOptions } from '../options/options.ts'
import { createPingCounts, type PingStats } from './ping-counts.ts'
import { createPingSender } from './ping-sender.ts'
import { processEndText } from '../exit/process-end-text.ts'
import { readCallOptions } from './read-call-options.ts'
import { readOptions, type Settings } from '../options/read-options.ts'
import { MAX_REDACTED_LENGTH } from '../text/redact.ts'
import { createRedactor } from '../text/redactor.ts'
import { createRunGate } from './run-gate.ts'
import type { Runs } from './runs-of.ts'
import { createScrubKey } from '../text/scrub-key.ts'
import { settleWithin } from '../settle-within.ts'
import { startDelivery } from '../delivery/start-delivery.ts'
import type { Surroundings } from '../surroundings.ts'
import { createWarner } from '../warner.ts'
import { wrapJob, type WrapOptions } from './wrap-job.ts'

/** How long `flush` and `close` may take. */
export interface FlushOptions {
  /**
   * Milliseconds, 0 or more; 0 looks once and does not wait.
   *
   * @default 5_000
   */
  readonly withinMs?: number | undefined
}

/** What is behind a `CrontifyMonitor`. */
export interface MonitorClient {
  readonly disabledReason: string | undefined
  readonly runs: Runs
  start(): Promise<PingReceipt | null>
  success(options: SuccessOptions | undefined): Promise<PingReceipt | null>
  fail(options: FailOptions | Error | string | undefined): Promise<PingReceipt | null>
  wrap<Result>(job: () => Result | Promise<Result>, options: WrapOptions<Result>): Promise<Result>
  flush(options: FlushOptions): Promise<PingStats>
  close(options: FlushOptions): Promise<PingStats>
  stats(): PingStats
}

const DEFAULT_FLUSH_MS = 5_000

/** @throws {CrontifyConfigError} with `silent: false`, when an option is wrong. */
export function createMonitorClient(options: MonitorOptions, surroundings: Surroundings): MonitorClient {
  const { clock, newId } = surroundings
  const read = readOptions(options, surroundings.env)
  const settings = read.type === 'ready' ? read.settings : undefined
  const monitorId = settings?.monitorId ?? ''
  const scrub = createScrubKey(settings?.apiKey ?? '')
  const warner = createWarner(read.logger, surroundings.warn, scrub, clock)
  for (const note of read.notes) warner.sayOncePerBurst(note, note)
  if (read.type === 'wrong') {
    if (!read.silent) throw new CrontifyConfigError(read.problem.message, read.problem.code)
    warner.say(`${read.problem.message} (${read.problem.code})`)
  }

  const redactText = createRedactor(settings?.redact, clock, (message) => warner.say(message))
  const counts = createPingCounts()
  const gate = createRunGate()
  const delivery = settings && startDelivery(settings, surroundings, (message) => warner.say(message))
  const sender =
    settings &&
    delivery &&
    createPingSender({ ...settings, silent: read.silent, delivery, counts, clock, warner, scrub, emit })
  /** The run that `start()` has begun and no end has closed yet. */
  let manualRunId: string | undefined
  let closing: Promise<PingStats> | undefined
  /** Runs that `wrap` has open, and what is written down of them. */
  const openRuns = new Map<string, OpenRunRecord | undefined>()
  /** True if the run was open until now. */
  function closeRun(runId: string): boolean {
    openRuns.get(runId)?.remove()
    const wasOpen = openRuns.delete(runId)
    if (openRuns.size === 0) surroundings.exits.removeMonitor(exitMonitor)
    return wasOpen
  }

  function emit(event: Parameters<NonNullable<Settings['onEvent']>>[0]): void {
    try {
      settings?.onEvent?.(event)
    } catch {
      // A listener that breaks must not break the delivery.
    }
  }

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

  async function settle(sent: PingOnItsWay | undefined, waitMs = 0): Promise<PingReceipt | null> {
    if (sent === undefined || sender === undefined) {
      if (closing !== undefined) refuseClosed()
      return null
    }
    return read.silent ? sender.receiptWithin(sent, sender.patience(waitMs)) : sender.receiptOrThrow(sent)
  }

  function refuseClosed(): void {
    const message = `The client of "${monitorId}" is closed: its pings are not sent any more`
    if (!read.silent) throw new CrontifyClosedError(message)
    warner.sayOncePerBurst(`${monitorId}: closed`, message)
  }

  /** Reads the arguments of a ping method; what cannot be used is left out and said. */
  function readCall(call: 'success' | 'fail', given: unknown) {
    const { values, notes } = readCallOptions(call, given)
    const { meta, dropped } = readMeta(values['meta'])
    for (const note of notes) warner.sayOncePerBurst(`${monitorId}: ${note}`, note)
    if (dropped.length > 0) {
      const names = dropped.slice(0, 10).join(', ')
      warner.sayOncePerBurst(
        `${monitorId}: meta`,
        `meta entries left out, because they are not finite numbers: ${names}`,
      )
    }
    return { meta, message: clean(values['message']), log: clean(values['log']) }
  }

  /**
   * A text without the key and other secrets. Before it is cut to what is sent, so that no cut hides half a secret; a
   * cut to the window of the redactor goes through a part that is not sent.
   */
  function clean(text: unknown): string | undefined {
    return typeof text === 'string' ? redactText(cutMiddle(scrub(text), MAX_REDACTED_LENGTH)) : undefined
  }

  function takeManualRunId(): string {
    const runId = manualRunId ?? newId()
    manualRunId = undefined
    return runId
  }

  function announceSuperseded(error: unknown): void {
    const message = scrub(describeError(error).message)
    emit({ type: 'superseded', monitorId, message })
    warner.say(
      `A run of "${monitorId}" failed after a newer run had started; its fail ping is not sent, because it would close the newer run: ${message}`,
    )
  }

  const exitMonitor: ExitMonitor = {
    endOpenRuns: (end) => {
      if (end.type === 'exit' && settings?.atExit !== true) return
      for (const runId of openRuns.keys()) {
        closeRun(runId)
        if (gate.leave(runId)) send('fail', runId, failBody(readCall('fail', processEndText(end))))
      }
    },
  }
  if (settings?.handleSignals === true) surroundings.exits.handleSignals()

  const runs: Runs = {
    gate,
    onSuperseded: announceSuperseded,
    onSkippedEnd: () => {
      counts.created()
      counts.skipped('superseded-run')
    },
    idle: async () => delivery?.idle(monitorId),
  }
  const flush = async (given: FlushOptions): Promise<PingStats> => {
    await settleWithin(runs.idle(), flushMs(given), clock)
    return counts.snapshot()
  }
  const within = (promise: Promise<unknown>, waitMs = 0): Promise<unknown> =>
    settleWithin(promise, sender?.patience(waitMs) ?? 0, clock)

  return {
    disabledReason:
      read.type === 'wrong' ? read.problem.message : read.type === 'off' ? read.reason : undefined,
    runs,
    start: async () => {
      gate.enter(Symbol('start'))
      manualRunId = newId()
      return settle(send('start', manualRunId, undefined), settings?.startWaitMs)
    },
    success: async (given) => {
      gate.clear()
      const body = successBody(readCall('success', given))
      return settle(send('success', takeManualRunId(), body), settings?.endWaitMs)
    },
    fail: async (given) => {
      gate.clear()
      const body = failBody(readCall('fail', given))
      return settle(send('fail', takeManualRunId(), body), settings?.endWaitMs)
    },
    wrap: (job, wrapOptions) => {
      const runId = newId()
      return wrapJob(job, wrapOptions, {
        runs,
        enter: () => {
          openRuns.set(runId, delivery?.openRun(monitorId, runId))
          // Only while a run is open: a client that is made for each run must not be kept for ever.
          if (sender !== undefined) surroundings.exits.addMonitor(exitMonitor)
          gate.enter(runId)
        },
        leave: () => (!closeRun(runId) ? 'closed' : gate.leave(runId) ? 'latest' : 'superseded'),
        start: () => send('start', runId, undefined),
        succeed: (meta) => send('success', runId, successBody(readCall('success', { meta }))),
        fail: (error) => send('fail', runId, failBody(readCall('fail', describeError(error)))),
        waitUntilWritten: ({ written }) => within(written, settings?.startWaitMs),
        waitForEnd: ({ end }) => within(end, settings?.endWaitMs),
        throwIfAsked: async (sent) => {
          if (!read.silent) await sender?.receiptOrThrow(sent)
        },
        onMetaError: (error) =>
          warner.say(`The meta function of wrap failed and is left out: ${describeError(error).message}`),
      })
    },
    flush,
    close: (given) => {
      closing ??= flush(given).then(async () => {
        delivery?.drop(monitorId, 'closed')
        // The drops are counted in promise callbacks.
        await Promise.resolve()
        return counts.snapshot()
      })
      return closing
    },
    stats: () => counts.snapshot(),
  }
}

function flushMs({ withinMs }: FlushOptions): number {
  return typeof withinMs === 'number' && withinMs >= 0 ? withinMs : DEFAULT_FLUSH_MS
}
