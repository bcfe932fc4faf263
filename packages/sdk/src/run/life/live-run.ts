import type { Meta } from '@crontify/protocol'
import type { Cancel } from '../../clock.ts'
import type { PingOnItsWay } from '../../delivery/delivery.ts'
import type { OpenRunRecord } from '../../disk/journal/open-run-record.ts'
import { DURATION_FIELD, OwnedRun } from '../owned-run.ts'
import { renderTail } from '../log/compose-log.ts'
import type { LogTail } from '../log/log-tail.ts'
import type { Run } from '../run.ts'
import {
  callObserved,
  observe,
  type RunAttributes,
  type RunObservation,
  type TraceCarrier,
} from './observation.ts'
import type { RunEnd } from './run-pings.ts'
import { RUN_POLICIES, type RunKind, type RunPolicy } from './run-policy.ts'
import type { RunsContext } from './runs-context.ts'

/** Characters of a log that are kept on disk. */
const CRASH_LOG_LENGTH = 10_000

/** What the end of a run says besides what the run has gathered. */
export interface GivenEnd extends Omit<RunEnd, 'meta' | 'kind'> {
  /** What was thrown, for observers. */
  readonly error?: unknown
  readonly meta?: Meta | undefined
}

/** How a run comes to be. */
export interface OpenedRun {
  readonly kind: RunKind
  /**
   * `adopt`: its start was sent before, perhaps by another process. `none`: only its end is seen here.
   *
   * @default 'send'
   */
  readonly start?: 'send' | 'adopt' | 'none'
  /** Its end closes whatever run is open. @default false */
  readonly closesAnyRun?: boolean
  /** What is known of the job, for observers. */
  readonly attributes?: RunAttributes | undefined
  /** What a queue carried of the trace in which the job was added, for observers. */
  readonly carrier?: TraceCarrier | undefined
}

/** One run of one monitor in this process: opened, worked on, ended once. Nothing here throws. */
export class LiveRun {
  readonly id: string
  readonly policy: RunPolicy
  /** The start ping, where one was sent. */
  readonly start: PingOnItsWay | undefined
  readonly #context: RunsContext
  readonly #how: OpenedRun
  readonly #record: OpenRunRecord | undefined
  readonly #run: OwnedRun
  readonly #onChanged: (run: LiveRun) => void
  readonly #observation: RunObservation | undefined
  #onClosed: readonly (() => void)[] = []
  /** False for a run that began after the client was closed. */
  readonly #isTaken: boolean
  #stopWatch: Cancel | undefined
  #isWorking = false
  #isResting = false
  #isOpen = true

  /**
   * Opens a run: into the journal first, then its start ping.
   *
   * @param onChanged  Called when the run is no longer open, rests, or goes on.
   */
  constructor(context: RunsContext, how: OpenedRun, onChanged: (run: LiveRun) => void) {
    const { monitorId, pings } = context
    this.id = context.newId()
    this.policy = RUN_POLICIES[how.kind]
    this.#context = context
    this.#how = how
    this.#onChanged = onChanged
    this.#isTaken = !pings.isClosed()
    const isSeen = how.start !== 'none'
    const isJournaled = this.policy.isJournaled && this.#isTaken && isSeen
    this.#record = isJournaled ? pings.journal(this.id) : undefined
    this.#run = new OwnedRun(this.id, context, isSeen, keepLog(context, this.#record))
    this.start = openedBy(how.start ?? 'send', this.id, context)
    if (isSeen) context.emit?.({ type: 'run-started', monitorId, runId: this.id })
    const { attributes = {}, carrier } = how
    this.#observation = isSeen
      ? observe(context.observers, { monitorId, runId: this.id, attributes, carrier })
      : undefined
  }

  /** What the job gets. */
  get handle(): Run {
    return this.#run.handle
  }

  log(): LogTail {
    return this.#run.log()
  }

  isOpen(): boolean {
    return this.#isOpen
  }

  /** Calls back when it is no longer open. */
  whenClosed(callback: () => void): void {
    // V8 would make room for 17 at the first `push`.
    this.#onClosed = [...this.#onClosed, callback]
  }

  /** True while it waits for a retry: its job is not running here. */
  isResting(): boolean {
    return this.#isResting
  }

  rest(isResting: boolean): void {
    this.#isResting = isResting
    this.#onChanged(this)
  }

  /** The job is called now: its duration counts from here, unless it counted before. */
  work(watch?: (run: OwnedRun) => Cancel | undefined): void {
    if (this.#isWorking || !this.#isOpen) return
    this.#isWorking = true
    this.#run.begin()
    this.#stopWatch = watch?.(this.#run)
  }

  /** Calls the job, or a part of it, as observers want it. */
  call<Result>(job: () => Result): Result {
    return this.#observation === undefined ? job() : callObserved(this.#observation, job)
  }

  /** Sends the end. `undefined` where nothing is sent, as for a run that has ended before. */
  end(kind: RunEnd['kind'], given: GivenEnd = {}): PingOnItsWay | undefined {
    if (!this.#close()) return undefined
    const { message, error } = given
    const log = kind === 'fail' ? leadBy(this.#observation?.logLine, given.log) : given.log
    const end: RunEnd = { kind, message, log, meta: { ...this.#run.meta(), ...given.meta } }
    const sent = this.#context.pings.end(this.id, end, {
      isTaken: this.#isTaken,
      closesAnyRun: this.#how.closesAnyRun ?? false,
      record: this.#record,
    })
    // Without a ping nothing would ever take it out of the journal.
    if (sent === undefined) this.#record?.remove()
    else if (kind === 'fail') reportIfSuperseded(this.#context, this.id, message, sent)
    emitEnd(this.#context, this.id, end, this.#run.durationMs())
    this.#observation?.end({
      status: kind === 'success' ? 'success' : 'failed',
      meta: end.meta,
      message,
      error,
    })
    return sent
  }

  /** Closes the run here without an end: another process continues it, or nothing is to be reported. */
  leave(): void {
    if (!this.#close()) return
    this.#record?.remove()
    this.#observation?.end({ status: 'left', meta: this.#run.meta() })
  }

  #close(): boolean {
    if (!this.#isOpen) return false
    this.#isOpen = false
    this.#run.end()
    this.#stopWatch?.()
    for (const callback of this.#onClosed) callback()
    this.#onChanged(this)
    return true
  }
}

function leadBy(line: string | undefined, log: string | undefined): string | undefined {
  if (line === undefined) return log
  return log === undefined ? line : `${line}\n${log}`
}

function openedBy(
  start: NonNullable<OpenedRun['start']>,
  runId: string,
  { pings }: RunsContext,
): PingOnItsWay | undefined {
  if (start === 'send') return pings.start(runId)
  if (start === 'adopt') pings.adopt(runId)
  return undefined
}

/** The last lines of the log go to the journal, redacted when they are written. */
function keepLog(
  { clean }: RunsContext,
  record: OpenRunRecord | undefined,
): ((log: LogTail) => void) | undefined {
  return record && ((log) => record.refresh(() => renderTail(log, clean, CRASH_LOG_LENGTH)))
}

function reportIfSuperseded(
  context: RunsContext,
  runId: string,
  given: string | undefined,
  sent: PingOnItsWay,
): void {
  void sent.end.then((end) => {
    if (end.state !== 'skipped' || end.reason !== 'superseded') return
    const message = given ?? 'no message'
    context.emit?.({ type: 'superseded', monitorId: context.monitorId, runId, message })
    context.say(
      `A run of "${context.monitorId}" failed after a newer run had started; its fail ping is not sent, because it would close the newer run: ${message}`,
    )
  })
}

function emitEnd(
  { emit, monitorId }: RunsContext,
  runId: string,
  end: RunEnd,
  tookMs: number | undefined,
): void {
  if (emit === undefined) return
  const { kind, meta, message } = end
  const status = kind === 'success' ? 'success' : 'failed'
  const durationMs = meta[DURATION_FIELD] ?? tookMs
  emit({ type: 'run-ended', monitorId, runId, status, durationMs, meta, message })
}
