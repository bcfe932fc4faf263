import type { Cancel, Clock, DurationMs, Instant } from './clock.ts'

/** A clock that stands still until it is advanced. */
export interface VirtualClock extends Clock {
  /**
   * Moves time on, stopping at every callback that falls due: now is set to its due time, it runs, what it set
   * going settles, and only then does time move on. So each callback sees its own moment, and one that schedules
   * itself anew runs as often as it would have in real time.
   *
   * Calls made while another is under way wait for it and add up.
   *
   * @param byMs  Milliseconds, 0 or more.
   * @throws {RangeError} (as a rejection) when `byMs` is not a finite number of 0 or more.
   * @throws whatever a callback throws (as a rejection); time then stays at that callback's moment.
   */
  advance(byMs: DurationMs): Promise<void>
}

/** Where a virtual clock starts, and how it waits for what its callbacks set going. */
export interface VirtualClockOptions {
  readonly startAt: Instant
  /**
   * Resolves when the promises that a callback set going have settled.
   *
   * @default waits for 64 promise turns; pass one turn of the event loop where longer chains occur.
   */
  readonly settle?: () => Promise<void>
}

interface Entry {
  readonly dueAt: Instant
  readonly callback: () => void
}

const PROMISE_TURNS = 64

/**
 * Creates a clock that moves only by {@link VirtualClock.advance}.
 *
 * @throws {RangeError} when `startAt` is not a finite number.
 * @example
 * const clock = createVirtualClock({ startAt: Date.parse('2026-01-05T00:00:00Z') })
 * clock.schedule(() => console.log(new Date(clock.now()).toISOString()), 60_000)
 * await clock.advance(3_600_000) // prints 2026-01-05T00:01:00.000Z
 */
export function createVirtualClock(options: VirtualClockOptions): VirtualClock {
  const { startAt, settle = settlePromises } = options
  if (!Number.isFinite(startAt)) throw new RangeError(`A clock cannot start at ${startAt}`)
  let now = startAt
  // Kept in the order of due times; equal ones in the order of scheduling.
  const entries: Entry[] = []
  let underWay: Promise<void> = Promise.resolve()

  function schedule(callback: () => void, afterMs: DurationMs): Cancel {
    const entry: Entry = { dueAt: now + Math.max(0, afterMs), callback }
    const later = entries.findIndex(({ dueAt }) => dueAt > entry.dueAt)
    entries.splice(later === -1 ? entries.length : later, 0, entry)
    return () => {
      const index = entries.indexOf(entry)
      if (index !== -1) entries.splice(index, 1)
    }
  }

  async function move(byMs: DurationMs): Promise<void> {
    const until = now + byMs
    await settle()
    for (let entry = entries[0]; entry !== undefined && entry.dueAt <= until; entry = entries[0]) {
      entries.shift()
      now = entry.dueAt
      entry.callback()
      await settle()
    }
    now = until
  }

  async function advance(byMs: DurationMs): Promise<void> {
    if (!(Number.isFinite(byMs) && byMs >= 0)) {
      throw new RangeError(`A clock advances by 0 or more milliseconds, not by ${byMs}`)
    }
    const moved = underWay.then(() => move(byMs))
    // The next call must not fail for what went wrong in this one: its own caller hears of it.
    underWay = moved.catch(() => {})
    return moved
  }

  return { now: () => now, schedule, advance }
}

async function settlePromises(): Promise<void> {
  for (let turn = 0; turn < PROMISE_TURNS; turn += 1) await undefined
}
