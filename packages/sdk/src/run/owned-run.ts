import type { Meta } from '@crontify/protocol'
import type { Clock } from '../clock.ts'
import { createLogTail, type LogTail } from './log/log-tail.ts'
import type { Run } from './run.ts'
import { RunHandle } from './run-handle.ts'
import { createRunMeta, type RunMeta } from './run-meta.ts'

/** What a run needs besides its id. */
export interface RunContext {
  readonly clock: Pick<Clock, 'monotonic'>
  /** Called with the names of metadata that are no finite numbers. */
  readonly onDroppedMeta: (names: readonly string[]) => void
  /** Says what else was wrong, once for each topic. */
  readonly warn: (topic: string, message: string) => void
  /** A text without its secrets. */
  readonly clean: (text: string) => string
}

/** Milliseconds that a run took, under this name in its metadata. [D PINGS names it in an example; that we add it is I] */
export const DURATION_FIELD = 'duration_ms'

/**
 * A run, as its owner sees it.
 *
 * A class whose parts are made when they are first used: thousands of runs may be open at once, and most of them use
 * neither metadata nor a log.
 */
export class OwnedRun {
  /** What the job gets. */
  readonly handle: Run
  readonly #context: RunContext
  readonly #onLog: ((log: LogTail) => void) | undefined
  #gathered: RunMeta | undefined
  #tail: LogTail | undefined
  #controller: AbortController | undefined
  #beganAt: number | undefined
  #endedAt: number | undefined

  /**
   * @param isMeasured  False where only the end of the run is seen here.
   * @param onLog  Called when the log has a new line.
   */
  constructor(
    id: string,
    context: RunContext,
    isMeasured: boolean,
    onLog: ((log: LogTail) => void) | undefined,
  ) {
    this.#context = context
    this.#onLog = onLog
    this.#beganAt = isMeasured ? context.clock.monotonic() : undefined
    this.handle = new RunHandle(id, this)
  }

  get context(): RunContext {
    return this.#context
  }

  log(): LogTail {
    return (this.#tail ??= createLogTail(this.#context.clean))
  }

  gathered(): RunMeta {
    return (this.#gathered ??= createRunMeta(this.#context.onDroppedMeta))
  }

  controller(): AbortController {
    return (this.#controller ??= new AbortController())
  }

  /** False, with a warning, for a run that is over. */
  accepts(method: keyof Run): boolean {
    if (this.#endedAt === undefined) return true
    this.#context.warn('too late', `run.${method} was called after its job had ended, and is ignored`)
    return false
  }

  addLine(line: string): void {
    this.log().add(line)
    this.#onLog?.(this.log())
  }

  /** The job begins now: its duration counts from here. */
  begin(): void {
    this.#beganAt = this.#context.clock.monotonic()
  }

  /** The job is over: from now on the handle only warns. */
  end(): void {
    this.#endedAt ??= this.#context.clock.monotonic()
  }

  /** Milliseconds since the job began, until it was over; `undefined` where this process has not seen it begin. */
  durationMs(): number | undefined {
    if (this.#beganAt === undefined) return undefined
    return Math.round((this.#endedAt ?? this.#context.clock.monotonic()) - this.#beganAt)
  }

  /** What was gathered, with `duration_ms` unless the job has set it. */
  meta(): Meta {
    const tookMs = this.durationMs()
    const gathered = this.#gathered?.gathered()
    return tookMs === undefined ? { ...gathered } : { [DURATION_FIELD]: tookMs, ...gathered }
  }
}
