import type { Clock, DeadlineQueue } from '@crontify/alert-engine'

/** Calls for sweeps at the times at which the service would look, and leaves out those that can find nothing. */
export interface SweepTimer {
  /** Runs the sweep whose time has come already, so that it is before whatever happens now. */
  catchUp(): void
  /** Looks at the deadlines again: one may have come nearer. */
  arm(): void
  stop(): void
}

/**
 * Creates a timer whose sweeps lie `everyMs` apart, the first of them that long from now.
 *
 * A sweep is due at the first of these times that is not before the first deadline. What it finds is thus dated as if every
 * sweep had been run, and time without deadlines costs nothing, however many monitors there are.
 */
export function createSweepTimer(
  clock: Clock,
  everyMs: number,
  deadlines: Pick<DeadlineQueue, 'nextAt'>,
  sweep: (lateByMs: number) => void,
): SweepTimer {
  const beganAt = clock.now()
  let armedAt = Infinity
  let stopped = false
  let cancel = (): void => {}

  function arm(): void {
    const deadline = deadlines.nextAt()
    if (deadline === null || stopped) return
    const now = clock.now()
    const sweepsDone = Math.floor((now - beganAt) / everyMs)
    const at = beganAt + Math.max(sweepsDone + 1, Math.ceil((deadline - beganAt) / everyMs)) * everyMs
    // One that is too early finds nothing and arms anew: cheaper than moving it at every ping.
    if (armedAt <= at) return
    cancel()
    armedAt = at
    cancel = clock.schedule(run, at - now)
  }

  function run(): void {
    const lateByMs = clock.now() - armedAt
    armedAt = Infinity
    try {
      sweep(lateByMs)
    } finally {
      arm()
    }
  }

  return {
    catchUp() {
      if (stopped || armedAt > clock.now()) return
      cancel()
      run()
    },
    arm,
    stop() {
      cancel()
      stopped = true
    },
  }
}
