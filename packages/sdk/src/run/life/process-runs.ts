import { callInRun, currentRun } from '../current-run.ts'
import type { Run } from '../run.ts'
import type { LiveRun } from './live-run.ts'

/**
 * The open runs of one process, whatever objects they belong to: two objects of one monitor share its runs.
 *
 * A monitor is known by its identity: destination, key and id.
 */
export interface ProcessRuns {
  /** Calls the job of a run, so that what is called below it can find the run. */
  call<Result>(identity: unknown, run: LiveRun, job: () => Result): Result
  /** The open run of this monitor that the calling code is part of. */
  enclosing(identity: unknown): LiveRun | undefined
  /** The latest run of this monitor that was started by hand and is still open. */
  manual(identity: unknown): LiveRun | undefined
  setManual(identity: unknown, run: LiveRun): void
  closed(identity: unknown, run: LiveRun): void
}

interface CalledJob {
  readonly identity: unknown
  readonly run: LiveRun
  /** The run that this one was called in. */
  readonly outer: Run | undefined
}

export function createProcessRuns(): ProcessRuns {
  const called = new WeakMap<Run, CalledJob>()
  const open = new Map<unknown, Map<string, LiveRun>>()
  const manuals = new Map<unknown, LiveRun>()
  /** Runs whose jobs are in their synchronous part, the innermost last. */
  const calling: Run[] = []

  const around = (identity: unknown, handle: Run | undefined): LiveRun | undefined => {
    for (let at = handle; at !== undefined; at = called.get(at)?.outer) {
      const job = called.get(at)
      if (job?.identity === identity && job?.run.isOpen() === true) return job.run
    }
    return undefined
  }
  return {
    call: (identity, run, job) => {
      called.set(run.handle, { identity, run, outer: calling.at(-1) ?? currentRun() })
      const runs = open.get(identity) ?? new Map<string, LiveRun>()
      open.set(identity, runs.set(run.id, run))
      calling.push(run.handle)
      try {
        return callInRun(run.handle, job)
      } finally {
        calling.pop()
      }
    },
    enclosing: (identity) => {
      const runs = open.get(identity)
      if (runs === undefined) return undefined
      return around(identity, calling.at(-1)) ?? around(identity, currentRun()) ?? awaitingHere(runs)
    },
    manual: (identity) => manuals.get(identity),
    setManual: (identity, run) => void manuals.set(identity, run),
    closed: (identity, run) => {
      if (manuals.get(identity) === run) manuals.delete(identity)
      const runs = open.get(identity)
      runs?.delete(run.id)
      if (runs?.size === 0) open.delete(identity)
    },
  }
}

const FRAME_NAME = 'run of crontify '
const FRAMES = new RegExp(`${FRAME_NAME}([\\w-]+)`, 'g')
/** Frames that are looked through. */
const STACK_LIMIT = 100

/** A function that awaits a job under a name which a stack shows: without `currentRun` the stack is all that tells who awaits whom. */
export function awaitedAs<Result>(runId: string, job: () => Result | Promise<Result>): () => Promise<Result> {
  const name = FRAME_NAME + runId
  return { [name]: async () => await job() }[name] as () => Promise<Result>
}

/** The run whose job awaits the calling code. Only asked where runs of this monitor are open, because a stack costs 10 µs. */
function awaitingHere(runs: ReadonlyMap<string, LiveRun>): LiveRun | undefined {
  const { stackTraceLimit } = Error
  try {
    Error.stackTraceLimit = STACK_LIMIT
    const { stack } = new Error()
    for (const [, id] of String(stack).matchAll(FRAMES)) {
      const run = id === undefined ? undefined : runs.get(id)
      if (run !== undefined) return run
    }
  } catch {
    // A program may have frozen Error or replaced what makes its stacks.
  } finally {
    restore(stackTraceLimit)
  }
  return undefined
}

function restore(stackTraceLimit: number): void {
  try {
    Error.stackTraceLimit = stackTraceLimit
  } catch {
    // Frozen: it was never changed.
  }
}
