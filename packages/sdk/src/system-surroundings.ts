import { activeResources, hostEnv } from './host.ts'
import { lazily } from './lazily.ts'
import { createSystemParts } from './on-demand.ts'
import type { Surroundings } from './surroundings.ts'
import { systemClock, systemNewId } from './system-clock.ts'

const parts = lazily(() => createSystemParts(systemClock))

/** Milliseconds after the first client: a short process does not need what it has not used by then. */
const PRELOAD_AFTER_MS = 100
const preload = lazily(() =>
  systemClock.schedule(
    () => {
      try {
        parts()
      } catch {
        // The first ping says so.
      }
    },
    PRELOAD_AFTER_MS,
    false,
  ),
)

/** The real world. */
export const systemSurroundings: Surroundings = {
  clock: systemClock,
  random: Math.random,
  newId: systemNewId,
  env: hostEnv,
  // Looked up at each call, because console.warn may be replaced later.
  // eslint-disable-next-line no-console -- the documented place of warnings [D ERR]
  warn: (message) => console.warn(message),
  preload: () => void preload(),
  activeResources,
  get openTransport() {
    return parts().openTransport
  },
  get deliveries() {
    return parts().deliveries
  },
  get processRuns() {
    return parts().processRuns
  },
  get exits() {
    return parts().exits
  },
  get openSpool() {
    return parts().openSpool
  },
}
