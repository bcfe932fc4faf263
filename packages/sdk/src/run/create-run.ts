import type { Meta } from '@crontify/protocol'
import type { Clock } from '../clock.ts'
import { kindOf } from '../kind-of.ts'
import { eachRecord } from './each-record.ts'
import { createLogTail, type LogTail } from './log/log-tail.ts'
import type { Run } from './run.ts'
import { createRunMeta, type RunMeta } from './run-meta.ts'

/** What a run needs besides its id. */
export interface RunContext {
  readonly clock: Pick<Clock, 'monotonic'>
  /** False where only the end of the run is seen here. */
  readonly isMeasured: boolean
  /** Called with the names of metadata that are no finite numbers. */
  readonly onDropped: (names: readonly string[]) => void
  /** Says what else was wrong, once for each topic. */
  readonly warn: (topic: string, message: string) => void
  /** Called when the log of the run has a new line. */
  readonly onLog: ((log: LogTail) => void) | undefined
  /** A text without its secrets. */
  readonly clean: (text: string) => string
}

/** A run, as its owner sees it. */
export interface OwnedRun {
  /** What the job gets. */
  readonly handle: Run
  readonly log: LogTail
  /** The job begins now: its duration counts from here. */
  begin(): void
  /** The job is over: from now on the handle only warns. */
  end(): void
  /** Milliseconds since the job began, until it was over; `undefined` where this process has not seen it begin. */
  durationMs(): number | undefined
  /** What was gathered, with `duration_ms` unless the job has set it. */
  meta(): Meta
  abort(reason: Error): void
}

/** Milliseconds that a run took, under this name in its metadata. [D PINGS names it in an example; that we add it is I] */
export const DURATION_FIELD = 'duration_ms'

export function createRun(id: string, context: RunContext): OwnedRun {
  const { clock } = context
  // Made when they are first used: thousands of runs may be open at once, and most of them use neither.
  let gathered: RunMeta | undefined
  let tail: LogTail | undefined
  let controller: AbortController | undefined
  let beganAt = context.isMeasured ? clock.monotonic() : undefined
  let endedAt: number | undefined

  const durationMs = (): number | undefined =>
    beganAt === undefined ? undefined : Math.round((endedAt ?? clock.monotonic()) - beganAt)
  const meta = (): RunMeta => (gathered ??= createRunMeta(context.onDropped))
  const log = (): LogTail => (tail ??= createLogTail(context.clean))
  const controlled = (): AbortController => (controller ??= new AbortController())
  /** False, with a warning, for a run that is over. */
  const isOpen = (method: string): boolean => {
    if (endedAt === undefined) return true
    context.warn('too late', `run.${method} was called after its job had ended, and is ignored`)
    return false
  }
  const addLine = (line: string): void => {
    log().add(line)
    context.onLog?.(log())
  }
  const handle: Run = {
    id,
    get signal() {
      return controlled().signal
    },
    meta: (values) => {
      if (isOpen('meta')) meta().set(values)
    },
    increment: (field, by = 1) => {
      if (isOpen('increment')) meta().increment(field, by)
    },
    log: (line: unknown) => {
      if (!isOpen('log')) return
      if (typeof line === 'string') addLine(line)
      else context.warn('log', `run.log takes a text; ${kindOf(line)} is left out`)
    },
    each: (records, handleRecord, options = {}) =>
      eachRecord(records, handleRecord, options, {
        signal: controlled().signal,
        count: (field, by) => {
          if (isOpen('each')) meta().increment(field, by)
        },
        log: (line) => {
          if (isOpen('each')) addLine(line)
        },
        warn: (message) => context.warn('each', message),
      }),
  }
  return {
    handle,
    get log() {
      return log()
    },
    begin: () => {
      beganAt = clock.monotonic()
    },
    end: () => {
      endedAt ??= clock.monotonic()
    },
    durationMs,
    meta: () => {
      const took = durationMs()
      return { ...(took === undefined ? {} : { [DURATION_FIELD]: took }), ...gathered?.gathered() }
    },
    abort: (reason) => {
      const aborted = controlled()
      // A listener of the job's that throws must not reach the timer that aborts.
      aborted.abort(reason)
    },
  }
}
