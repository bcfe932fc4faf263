import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@crontify/alert-engine'

/** Above this a Node timer fires at once. */
const LONGEST_TIMER_MS = 2_147_483_647

/** The machine's time. Its timers never hold a process open, and may be longer than Node's own can be. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(callback, afterMs) {
    let timer: NodeJS.Timeout
    const arm = (restMs: number): void => {
      const nextMs = Math.min(restMs, LONGEST_TIMER_MS)
      timer = setTimeout(() => {
        if (restMs > nextMs) arm(restMs - nextMs)
        else callback()
      }, nextMs)
      timer.unref()
    }
    arm(Math.max(0, afterMs))
    return () => {
      clearTimeout(timer)
    }
  },
}

/** One turn of the event loop: promise chains of any length have settled after it. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** So many milliseconds of the machine's time, however the server's own clock goes; rejects when the signal aborts. */
export function realDelay(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(Math.min(ms, LONGEST_TIMER_MS), undefined, { signal })
}
