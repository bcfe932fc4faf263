import { type VirtualClock, createVirtualClock } from '@crontify/alert-engine'
import { durationMsOf } from './duration.ts'
import type { Settings } from './settings.ts'
import type { Folded } from './storage/fold-records.ts'
import { eventLoopTurn } from './system-clock.ts'

/** Time never goes back: where there is a past, it goes on behind it. */
export function virtualClockOf({ startAt }: Settings, restored: Folded | undefined): VirtualClock {
  const endedAt = restored?.at === undefined ? startAt : Date.parse(restored.at)
  return createVirtualClock({ startAt: Math.max(startAt, endedAt), settle: eventLoopTurn })
}

/**
 * Moves the clock, through every sweep on the way.
 *
 * @throws {RangeError} for a span that cannot be read or is negative.
 * @throws {Error} on a system clock, and when the server is closed.
 */
export async function advance(
  clock: VirtualClock | undefined,
  duration: number | string,
  closing: AbortSignal,
): Promise<void> {
  if (closing.aborted) throw new Error('Cannot advance: the mock server is closed')
  if (clock === undefined) {
    throw new Error(
      "Cannot advance: this mock server follows the machine's clock; create it with clock: 'virtual'",
    )
  }
  await clock.advance(durationMsOf(duration))
}
