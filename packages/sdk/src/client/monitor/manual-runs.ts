import type { PingOnItsWay } from '../../delivery/delivery.ts'
import type { LiveRun } from '../../run/life/live-run.ts'
import type { MonitorRuns } from '../../run/life/monitor-runs.ts'
import type { CallReader } from './read-call.ts'

/** Runs that are started and ended by hand. */
export interface ManualRuns {
  start(): PingOnItsWay | undefined
  success(options: unknown): PingOnItsWay | undefined
  fail(failure: unknown): PingOnItsWay | undefined
}

/**
 * An end closes the run that this object has started; else one that another object of the monitor has started in this process;
 * else whatever run the service has open, which another process may have started.
 */
export function createManualRuns(runs: MonitorRuns, calls: CallReader): ManualRuns {
  const { identity, processRuns } = runs.context
  let own: LiveRun | undefined
  const ending = (): LiveRun => {
    const run = own?.isOpen() === true ? own : processRuns.manual(identity)
    own = undefined
    return run ?? runs.open({ kind: 'manual', start: 'none', closesAnyRun: true })
  }
  return {
    start: () => {
      // Nobody can end the earlier one anymore; the service calls it overlapped.
      own?.leave()
      own = runs.open({ kind: 'manual' })
      own.work()
      processRuns.setManual(identity, own)
      return own.start
    },
    success: (options) => {
      const { meta } = calls.read('success', options)
      return ending().end('success', { meta })
    },
    fail: (failure) => {
      const { meta, message, log } = calls.read('fail', failure)
      return ending().end('fail', { meta, message, log, error: failure })
    },
  }
}
