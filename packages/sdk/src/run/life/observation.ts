import type { Meta } from '@crontify/protocol'

/** A run that begins in this process, as an observer sees it. */
export interface BegunRun {
  readonly monitorId: string
  /** Names the run on this side; its pings carry it in the header `X-Client-Run-Id`. */
  readonly runId: string
  /** What the caller knows of the job, in the words of OpenTelemetry's semantic conventions. */
  readonly attributes: RunAttributes
  /** The trace context that the queue carried from where the job was added. */
  readonly carrier?: TraceCarrier | undefined
}

/** A trace context as headers, for example `{ traceparent: '00-…' }`. */
export type TraceCarrier = Readonly<Record<string, string>>

/** For example `code.function.name` or `messaging.destination.name`. */
export type RunAttributes = Readonly<Record<string, string | number | boolean>>

/** How a run ended here. */
export interface ObservedEnd {
  /** `left`: another process continues the run, or nothing is reported. */
  readonly status: 'success' | 'failed' | 'left'
  readonly meta: Meta
  /** Why it failed, redacted. */
  readonly message?: string | undefined
  /** What the job threw, as it is. */
  readonly error?: unknown
}

/** What an observer does with one run. What it throws is swallowed. */
export interface RunObservation {
  /** Calls the job of the run, at once and in the same call. @default calls it */
  readonly call?: (job: () => void) => void
  /** Leads the log of a fail ping, for example with a trace id. One line. Read when the run fails, before `end` is called. */
  readonly logLine?: string | undefined
  readonly end: (end: ObservedEnd) => void
}

/** Sees every run of a client from inside. */
export interface RunObserver {
  /** A run begins; gives nothing if it is not observed. */
  readonly begin: (run: BegunRun) => RunObservation | undefined
}

/** Lets observers look at a run; `undefined` where none does. Nothing of it throws but the job. */
export function observe(observers: readonly RunObserver[], run: BegunRun): RunObservation | undefined {
  if (observers.length === 0) return undefined
  const seen = observers.flatMap((observer) => quietly(() => observer.begin(run)) ?? [])
  if (seen.length === 0) return undefined
  return {
    call: (job) =>
      seen.reduceRight<() => void>(
        (inner, { call }) =>
          () =>
            (call ?? direct)(inner),
        job,
      )(),
    get logLine() {
      return seen.flatMap((observation) => quietly(() => observation.logLine) ?? []).join('\n') || undefined
    },
    end: (end) => {
      for (const observation of seen) quietly(() => observation.end(end))
    },
  }
}

/** Calls a job the way an observer wants it. The job's own result or error comes out, whatever the observer does. */
export function callObserved<Result>({ call = direct }: RunObservation, job: () => Result): Result {
  let ended: Ended<Result> | undefined
  // An observer that calls twice, or later, must not run the job twice.
  const callOnce = (): Ended<Result> => (ended ??= endOf(job))
  quietly(() => call(() => void callOnce()))
  const end = callOnce()
  if ('error' in end) throw end.error
  return end.result
}

type Ended<Result> = { readonly result: Result } | { readonly error: unknown }

function endOf<Result>(job: () => Result): Ended<Result> {
  try {
    return { result: job() }
  } catch (error) {
    return { error }
  }
}

function direct(job: () => void): void {
  job()
}

function quietly<Value>(callback: () => Value): Value | undefined {
  try {
    return callback()
  } catch {
    return undefined
  }
}
