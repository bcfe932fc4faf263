import type { Cancel, Clock } from '../clock.ts'

/** What was seen when a run took longer than it may. */
export interface DurationReport {
  readonly maxDurationMs: number
  /** What keeps the process alive at that moment, such as `TCPSocketWrap ×2`: what the job may be waiting for. */
  readonly openResources: readonly string[]
  /** Milliseconds by which the event loop was late: a large number means that the job computes instead of waiting. */
  readonly eventLoopDelayMs: number
  /** The last lines that the run has logged, redacted. */
  readonly lastLines: readonly string[]
}

/** What the watch takes from the world. */
export interface DurationSurroundings {
  readonly clock: Clock
  /** Kinds of what keeps the process alive, one entry for each. */
  readonly activeResources: () => readonly string[]
}

/** Longest wait of one timer: 24 days. */
const LONGEST_WAIT_MS = 2 ** 31 - 1

/**
 * Calls back once when a run has taken `maxDurationMs`; never holds the process.
 *
 * A job that blocks the event loop is seen only when it lets go of it.
 */
export function watchDuration(
  maxDurationMs: number,
  { clock, activeResources }: DurationSurroundings,
  onExceeded: (report: Omit<DurationReport, 'lastLines'>) => void,
): Cancel {
  const dueAt = clock.monotonic() + maxDurationMs
  let cancel: Cancel = () => {}
  const wait = (): void => {
    cancel = clock.schedule(look, Math.min(dueAt - clock.monotonic(), LONGEST_WAIT_MS), false)
  }
  const look = (): void => {
    const lateMs = clock.monotonic() - dueAt
    // A timer may come a little early, and a very long wait is several timers.
    if (lateMs < 0) return wait()
    onExceeded({
      maxDurationMs,
      openResources: countedKinds(activeResources()),
      eventLoopDelayMs: Math.round(lateMs),
    })
  }
  wait()
  return () => cancel()
}

/** `TCPSocketWrap ×2`, the most frequent first. */
function countedKinds(kinds: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([kind, count]) => (count === 1 ? kind : `${kind} ×${count}`))
}

/** The report in one line. */
export function durationText({
  maxDurationMs,
  openResources,
  eventLoopDelayMs,
}: Omit<DurationReport, 'lastLines'>): string {
  const open = openResources.length === 0 ? 'nothing is open' : `open: ${openResources.join(', ')}`
  return `still running after ${maxDurationMs} ms (maxDurationMs); ${open}; the event loop is ${eventLoopDelayMs} ms late`
}
