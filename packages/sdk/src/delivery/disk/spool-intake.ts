import type { Clock } from '../../clock.ts'
import type { DeliverySpool } from '../../disk/queue/delivery-spool.ts'
import type { LeftBehind } from '../../disk/journal/left-behind.ts'
import { isEnd, type HeldPing } from '../held-ping.ts'

/** Milliseconds that pings wait at most for what lies on disk. */
const CLAIM_WAIT_MS = 500
/** Milliseconds between two looks at the disk for one monitor. */
const LOOK_EVERY_MS = 60_000

/**
 * Brings in what earlier processes left: before anything else is sent, and again before a run begins, because a
 * process that died may have held its pings for another minute.
 *
 * It is never done while a run of that monitor is open here, as the old end would close the new run.
 */
export interface SpoolIntake {
  /** False while nothing may be sent, because older pings may be about to come in. */
  readonly isReady: boolean
  /**
   * To be told of each ping before it is queued.
   *
   * @param isIdle  True if no other ping of its monitor is held.
   */
  note(ping: Pick<HeldPing, 'kind' | 'monitorId' | 'runId'>, isIdle: boolean): void
}

/**
 * Looks at the disk at once.
 *
 * @param takeIn  Is called once for each look, with what goes before everything that waits; always later than the
 *   call that began the look.
 */
export function createSpoolIntake(
  spool: DeliverySpool | undefined,
  clock: Clock,
  takeIn: (left: readonly LeftBehind[]) => void,
): SpoolIntake {
  const openRuns = new Map<string, string>()
  const lookedAt = new Map<string, number>()
  const beganAt = clock.monotonic()
  let waitsFor = 0

  const look = (monitorId?: string): void => {
    if (spool === undefined) return
    waitsFor++
    let isOver = false
    const end = (left: readonly LeftBehind[]): void => {
      // Too late: what this process has sent since would be closed by it.
      if (isOver) return left.forEach(({ release }) => void release())
      isOver = true
      waitsFor--
      takeIn(left)
    }
    void spool.claim(monitorId).then(end)
    clock.schedule(() => (isOver ? undefined : end([])), CLAIM_WAIT_MS, false)
  }

  look()
  return {
    get isReady() {
      return waitsFor === 0
    },
    note: ({ kind, monitorId, runId }, isIdle) => {
      if (spool === undefined) return
      if (isEnd({ kind })) {
        if (openRuns.get(monitorId) === runId) openRuns.delete(monitorId)
        return
      }
      const now = clock.monotonic()
      const isDue = now - (lookedAt.get(monitorId) ?? beganAt) >= LOOK_EVERY_MS
      if (isDue && isIdle && !openRuns.has(monitorId)) {
        lookedAt.set(monitorId, now)
        look(monitorId)
      }
      openRuns.set(monitorId, runId)
    },
  }
}
