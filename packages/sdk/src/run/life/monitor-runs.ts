import { settleWithin } from '../../settle-within.ts'
import type { ExitMonitor, ProcessEnd } from '../../process-exit/exit-watch.ts'
import { processEndText } from '../../process-exit/process-end-text.ts'
import { createBag } from './bag.ts'
import { describeFailure } from './describe-failure.ts'
import { LiveRun, type OpenedRun } from './live-run.ts'
import type { RunsContext } from './runs-context.ts'

/** All runs of one monitor object that are open in this process. Nothing here throws or rejects. */
export interface MonitorRuns {
  readonly context: RunsContext
  /** Opens a run and sends its start. */
  open(how: OpenedRun): LiveRun
  /** Waits until no job of a run is running, at most that long. Resolves to the runs whose job still is. */
  allEnded(withinMs: number): Promise<readonly LiveRun[]>
}

export function createMonitorRuns(context: RunsContext): MonitorRuns {
  const open = createBag<LiveRun>()
  /** Those of them that wait for a retry. */
  const resting = new Set<LiveRun>()
  let onNoneWorking = (): void => {}

  const exitMonitor: ExitMonitor = {
    endOpenRuns: (end) => {
      for (const run of open.all()) endWithProcess(run, end, context)
    },
  }
  const onChanged = (run: LiveRun): void => {
    if (run.isOpen() && run.isResting()) resting.add(run)
    else if (resting.size > 0) resting.delete(run)
    if (!run.isOpen()) {
      // Known to the process only while a run is open: a client that is made for each run must not be kept forever.
      if (open.size === 0) context.exits.removeMonitor(exitMonitor)
    }
    if (open.size === resting.size) onNoneWorking()
  }
  return {
    context,
    open: (how) => {
      if (open.size === 0) context.exits.addMonitor(exitMonitor)
      const run = new LiveRun(context, how, onChanged)
      run.whenClosed(open.add(run))
      return run
    },
    allEnded: async (withinMs) => {
      if (open.size > resting.size) {
        const noneWorking = new Promise<void>((resolve) => (onNoneWorking = resolve))
        await settleWithin(noneWorking, withinMs, context.clock)
      }
      return open.all().filter((run) => !resting.has(run))
    },
  }
}

/** What becomes of an open run whose process ends: its job can never finish here. */
function endWithProcess(run: LiveRun, end: ProcessEnd, context: RunsContext): void {
  const { failsAtProcessEnd } = run.policy
  if (failsAtProcessEnd === 'never') return
  if (failsAtProcessEnd === 'if-abnormal' && !isAbnormal(end)) {
    // A process that merely has nothing left to do may yet exit with another code.
    if (end.type === 'exit') run.leave()
    return
  }
  if (end.type === 'exit' && !context.reportsAtExit) return
  run.end('fail', describeFailure(processEndText(end), run.log(), context.clean))
}

function isAbnormal(end: ProcessEnd): boolean {
  return end.type === 'signal' || (end.type === 'exit' && end.code !== 0)
}
