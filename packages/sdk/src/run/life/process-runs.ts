import { callInRun, currentFrame, type RunFrame } from '../current-run.ts'
import { createBag, type Bag } from './bag.ts'
import type { LiveRun } from './live-run.ts'
import { runsInStack } from './named-frames.ts'

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
}

interface CalledJob extends RunFrame {
  readonly identity: unknown
  readonly run: LiveRun
  /** The job that this one was called in. */
  readonly outer: RunFrame | undefined
}

interface MonitorJobs {
  /** Runs whose job was called. */
  readonly called: Bag<LiveRun>
  manual: LiveRun | undefined
}

export function createProcessRuns(): ProcessRuns {
  /** By identity: one small entry for each monitor that had a run. */
  const monitors = new Map<unknown, MonitorJobs>()
  /** Jobs that are in their synchronous part, the innermost last. */
  const calling: CalledJob[] = []
  const jobsOf = (identity: unknown): MonitorJobs => {
    const known = monitors.get(identity)
    if (known !== undefined) return known
    const made: MonitorJobs = { called: createBag(), manual: undefined }
    monitors.set(identity, made)
    return made
  }
  return {
    call: (identity, run, job) => {
      const frame: CalledJob = { handle: run.handle, identity, run, outer: calling.at(-1) ?? currentFrame() }
      run.whenClosed(jobsOf(identity).called.add(run))
      calling.push(frame)
      try {
        return callInRun(frame, () => run.call(job))
      } finally {
        calling.pop()
      }
    },
    enclosing: (identity) => {
      const called = monitors.get(identity)?.called
      if (called === undefined || called.size === 0) return undefined
      return (
        around(identity, calling.at(-1)) ?? around(identity, currentFrame()) ?? awaitingHere(called.all())
      )
    },
    manual: (identity) => {
      const manual = monitors.get(identity)?.manual
      return manual?.isOpen() === true ? manual : undefined
    },
    setManual: (identity, run) => {
      const jobs = jobsOf(identity)
      jobs.manual = run
      run.whenClosed(() => {
        if (jobs.manual === run) jobs.manual = undefined
      })
    },
  }
}

/** The open run of this monitor that a job was called in, however deep. */
function around(identity: unknown, frame: RunFrame | undefined): LiveRun | undefined {
  for (let at = frame as CalledJob | undefined; at !== undefined; at = at.outer as CalledJob | undefined) {
    if (at.identity === identity && at.run.isOpen()) return at.run
  }
  return undefined
}

/** Frames that are looked through. */
const STACK_LIMIT = 100

/** The run whose job awaits the calling code. Only asked where runs of this monitor are open, because a stack costs 10 µs. */
function awaitingHere(runs: readonly LiveRun[]): LiveRun | undefined {
  const { stackTraceLimit } = Error
  try {
    Error.stackTraceLimit = STACK_LIMIT
    const { stack } = new Error()
    for (const run of runsInStack(String(stack))) if (runs.includes(run)) return run
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
