import type { Clock } from '../../src/clock.ts'
import { systemClock } from '../../src/system-clock.ts'

/** The machine's time, and how many callbacks are still to come. */
export function countingClock(): { readonly clock: Clock; readonly open: () => number } {
  const pending = new Set<object>()
  const clock: Clock = {
    ...systemClock,
    schedule: (callback, afterMs, holdsProcess) => {
      const mark = {}
      pending.add(mark)
      const done = (): void => void pending.delete(mark)
      const cancel = systemClock.schedule(
        () => {
          done()
          callback()
        },
        afterMs,
        holdsProcess,
      )
      return () => {
        done()
        cancel()
      }
    },
  }
  return { clock, open: () => pending.size }
}
