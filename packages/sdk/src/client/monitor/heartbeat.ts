import type { Cancel, Clock } from '../../clock.ts'

/** How a process tells that it is alive. */
export interface HeartbeatOptions<Fields = Readonly<Record<string, number>>> {
  /** Milliseconds from one ping to the next, integer, 1,000 to 86,400,000 (a day). */
  readonly everyMs: number
  /** Stops the heartbeat when it is aborted. */
  readonly signal?: AbortSignal | undefined
  /** Makes the metadata of each ping. If it throws, the ping goes without, and a warning says so. */
  readonly meta?: (() => Fields | undefined) | undefined
}

/** Shortest interval: two pings a second would use up what a key may send. [D KEYS] */
const LEAST_MS = 1_000
const MOST_MS = 86_400_000
/** A beat that comes later than this share of the interval is left out: the process was not alive. */
const LATE_SHARE = 0.5

/** What the heartbeat needs of its monitor. */
export interface HeartbeatContext {
  readonly clock: Clock
  /** Sends one ping; resolves when it has ended. Never rejects. */
  beat(): Promise<unknown>
}

/** What is wrong with the interval; `undefined` for one that can be used. */
export function intervalProblem(everyMs: unknown): string | undefined {
  if (Number.isInteger(everyMs) && (everyMs as number) >= LEAST_MS && (everyMs as number) <= MOST_MS)
    return undefined
  const given = typeof everyMs === 'number' ? String(everyMs) : 'no number'
  return `everyMs of heartbeat is ${given}; it is a whole number of milliseconds from ${LEAST_MS} to ${MOST_MS}`
}

/**
 * Sends a ping now and at every interval, until it is stopped. Never holds the process.
 *
 * A beat is left out where the one before is still on its way, and where its timer comes late because the event loop was
 * stuck: a process that wakes up once an hour is not alive.
 */
export function startHeartbeat(
  everyMs: number,
  signal: AbortSignal | undefined,
  { clock, beat }: HeartbeatContext,
): Cancel {
  let cancel: Cancel = () => {}
  let isStopped = false
  let isUnderWay = false
  const stop = (): void => {
    isStopped = true
    cancel()
    signal?.removeEventListener('abort', stop)
  }
  const send = (): void => {
    if (isUnderWay) return
    isUnderWay = true
    void beat().then(() => {
      isUnderWay = false
    })
  }
  const waitFrom = (from: number): void => {
    const dueAt = from + everyMs
    cancel = clock.schedule(
      () => {
        const now = clock.monotonic()
        const isLate = now - dueAt > everyMs * LATE_SHARE
        if (!isLate) send()
        if (!isStopped) waitFrom(isLate ? now : dueAt)
      },
      dueAt - clock.monotonic(),
      false,
    )
  }
  if (signal?.aborted === true) return stop
  signal?.addEventListener('abort', stop, { once: true })
  send()
  waitFrom(clock.monotonic())
  return stop
}
