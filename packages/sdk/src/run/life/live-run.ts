import type { Meta } from '@crontify/protocol'
import type { Cancel } from '../../clock.ts'
import type { PingOnItsWay } from '../../delivery/delivery.ts'
import type { OpenRunRecord } from '../../disk/journal/open-run-record.ts'
import { createRun, DURATION_FIELD, type OwnedRun } from '../create-run.ts'
import { renderTail } from '../log/compose-log.ts'
import type { LogTail } from '../log/log-tail.ts'
import type { Run } from '../run.ts'
import type { RunEnd } from './run-pings.ts'
import { RUN_POLICIES, type RunKind, type RunPolicy } from './run-policy.ts'
import type { RunsContext } from './runs-context.ts'

/** Characters of a log that are kept on disk. */
const CRASH_LOG_LENGTH = 10_000

/** What the end of a run says besides what the run has gathered. */
export interface GivenEnd extends Omit<RunEnd, 'meta' | 'kind'> {
  readonly meta?: Meta | undefined
}

/** One run of one monitor in this process: opened, worked on, ended once. Nothing here throws. */
export interface LiveRun {
  readonly id: string
  /** What the job gets. */
  readonly handle: Run
  readonly policy: RunPolicy
  readonly log: LogTail
  /** The start ping, where one was sent. */
  readonly start: PingOnItsWay | undefined
  isOpen(): boolean
  /** Calls back when it is no longer open. */
  whenClosed(callback: () => void): void
  /** True while it waits for a retry: its job is not running here. */
  isResting(): boolean
  rest(isResting: boolean): void
  /** The job is called now: its duration counts from here, unless it counted before. */
  work(watch?: (run: OwnedRun) => Cancel | undefined): void
  /** Sends the end. `undefined` where nothing is sent, as for a run that has ended before. */
  end(kind: RunEnd['kind'], given?: GivenEnd): PingOnItsWay | undefined
  /** Closes the run here without an end: another process continues it, or nothing is to be reported. */
  leave(): void
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
}

/**
 * Opens a run: into the journal first, then its start ping.
 *
 * @param onChanged  Called when the run is no longer open, rests, or goes on.
 */
export function openLiveRun(
  context: RunsContext,
  how: OpenedRun,
  onChanged: (run: LiveRun) => void,
): LiveRun {
  const { monitorId, pings } = context
  const policy = RUN_POLICIES[how.kind]
  const id = context.newId()
  const isTaken = !pings.isClosed()
  const record = policy.isJournaled && isTaken && how.start !== 'none' ? pings.journal(id) : undefined
  const { clock, onDroppedMeta: onDropped, warn } = context
  const { start = 'send', closesAnyRun = false } = how
  const run = createRun(id, {
    clock,
    onDropped,
    warn,
    clean: context.clean,
    onLog: keepLog(context, record),
    isMeasured: start !== 'none',
  })
  let stopWatch: Cancel | undefined
  let isWorking = false
  let isResting = false
  let isOpen = true
  const onClosed: (() => void)[] = []
  const close = (): boolean => {
    if (!isOpen) return false
    isOpen = false
    run.end()
    stopWatch?.()
    for (const callback of onClosed) callback()
    onChanged(live)
    return true
  }
  const live: LiveRun = {
    id,
    handle: run.handle,
    policy,
    get log() {
      return run.log
    },
    start: openedBy(start, id, context),
    isOpen: () => isOpen,
    whenClosed: (callback) => void onClosed.push(callback),
    isResting: () => isResting,
    rest: (value) => {
      isResting = value
      onChanged(live)
    },
    work: (watch) => {
      if (isWorking || !isOpen) return
      isWorking = true
      run.begin()
      stopWatch = watch?.(run)
    },
    end: (kind, given = {}) => {
      if (!close()) return undefined
      const end: RunEnd = { ...given, kind, meta: { ...run.meta(), ...given.meta } }
      const sent = pings.end(id, end, { isTaken, closesAnyRun, record })
      // Without a ping nothing would ever take it out of the journal.
      if (sent === undefined) record?.remove()
      else if (kind === 'fail') reportIfSuperseded(context, id, end.message, sent)
      emitEnd(context, id, end, run.durationMs())
      return sent
    },
    leave: () => {
      if (close()) record?.remove()
    },
  }
  if (start !== 'none') context.emit?.({ type: 'run-started', monitorId, runId: id })
  return live
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
