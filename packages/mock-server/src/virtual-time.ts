import { type VirtualClock, createVirtualClock } from '@crontify/alert-engine'
import { durationMsOf } from './duration.ts'
import { CrontifyMockError } from './mock-error.ts'
import type { Settings } from './settings.ts'
import type { Folded } from './storage/fold-records.ts'
import { eventLoopTurn } from './system-clock.ts'
import { isoInstant } from './views.ts'

/** Later instants have no four-digit year, and soon no date. */
const LAST_INSTANT = Date.UTC(9999, 11, 31)

/** Time never goes back: where there is a past, it goes on behind it. */
export function virtualClockOf({ startAt }: Settings, restored: Folded | undefined): VirtualClock {
  const endedAt = restored?.at === undefined ? startAt : Date.parse(restored.at)
  return createVirtualClock({ startAt: Math.max(startAt, endedAt), settle: eventLoopTurn })
}

/**
 * Moves the clock, through every sweep on the way.
 *
 * @throws {CrontifyMockError} for a span that cannot be read or is negative, beyond the year 9999, on a system clock, and when the
 * server is closed.
 */
export async function advance(
  clock: VirtualClock | undefined,
  duration: number | string,
  closing: AbortSignal,
): Promise<void> {
  if (closing.aborted) throw new CrontifyMockError('ERR_CLOSED', 'Cannot advance: the mock server is closed')
  if (clock === undefined) {
    throw new CrontifyMockError(
      'ERR_CLOCK',
      "Cannot advance: this mock server follows the machine's clock; create it with clock: 'virtual'",
    )
  }
  const byMs = durationMsOf(duration)
  if (clock.now() + byMs > LAST_INSTANT) {
    throw new CrontifyMockError(
      'ERR_CLOCK',
      `The clock must stay before the year 10000, got ${isoInstant(clock.now())} and ${String(duration)}. It was not moved.`,
    )
  }
  await clock.advance(byMs)
}
