import type { Clock } from './clock.ts'
import { printable } from './redaction/printable.ts'
import type { ScrubKey } from './redaction/scrub-key.ts'

/** Where warnings go. `console`, pino and winston fit as they are. */
export interface Logger {
  warn(message: string): unknown
}

/** Says one thing to the user, in one line. Never throws. */
export interface Warner {
  /** Says it at every call. */
  say(message: string): void
  /** Says the first thing on a topic, and nothing more about it. */
  sayOnce(topic: string, message: string): void
  /**
   * Says it, then keeps silent about the same `topic` for a minute, for all clients with the same logger; the next
   * line tells how many were left out.
   */
  sayOncePerBurst(topic: string, message: string | (() => string)): void
}

/** Milliseconds after a warning during which another one on the same topic is only counted. */
export const BURST_MS = 60_000
/** Longest line, in characters: a message of 500 and what stands around it fit. */
const MAX_LINE_LENGTH = 1_000

interface Burst {
  readonly startedAt: number
  leftOut: number
}

/** Shared by all clients that warn in the same place: a service that is away is one piece of news, not one a job. */
const burstsByPlace = new WeakMap<object, Map<string, Burst>>()

function burstsOf(place: object): Map<string, Burst> {
  const known = burstsByPlace.get(place)
  if (known !== undefined) return known
  const made = new Map<string, Burst>()
  burstsByPlace.set(place, made)
  return made
}

/** Writes to the logger, with the key scrubbed and nothing in the text that could fake a line of its own. */
export function createWarner(
  logger: Logger | false | undefined,
  byDefault: (message: string) => void,
  scrub: ScrubKey,
  clock: Clock,
): Warner {
  const warn = warnFunction(logger, byDefault)
  const place = typeof logger === 'object' ? logger : byDefault
  const bursts = burstsOf(place)
  const say = (message: string): void => {
    try {
      const returned = warn(`[crontify] ${printable(scrub(message), MAX_LINE_LENGTH)}`)
      if (returned instanceof Promise) returned.catch(() => {})
    } catch {
      // A logger that breaks must not break the job.
    }
  }
  const said = new Set<string>()
  return {
    say,
    sayOnce: (topic, message) => {
      if (said.has(topic)) return
      said.add(topic)
      say(message)
    },
    sayOncePerBurst: (topic, message) => {
      const now = clock.monotonic()
      const burst = bursts.get(topic)
      if (burst !== undefined && now - burst.startedAt < BURST_MS) {
        burst.leftOut++
        return
      }
      bursts.set(topic, { startedAt: now, leftOut: 0 })
      const leftOut = burst?.leftOut ?? 0
      const text = typeof message === 'string' ? message : message()
      say(leftOut === 0 ? text : `${text} (and ${leftOut} more like this since the last warning)`)
    },
  }
}

/** Where warnings go: to the caller's logger, to the usual place, or with `false` nowhere. */
function warnFunction(
  logger: Logger | false | undefined,
  warn: (message: string) => void,
): (message: string) => unknown {
  if (logger === false) return () => {}
  return logger === undefined ? warn : (message) => logger.warn(message)
}
