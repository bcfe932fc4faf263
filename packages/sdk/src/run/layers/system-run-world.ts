import { activeResources } from '../../host.ts'
import { systemClock, systemNewId } from '../../system-clock.ts'
import type { RunWorld } from './runs-of.ts'

/** The real world, for monitors that do not bring theirs. */
export const systemRunWorld: RunWorld = {
  clock: systemClock,
  newId: systemNewId,
  activeResources,
}
