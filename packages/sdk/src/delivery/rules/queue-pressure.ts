import type { PingKind } from '@crontify/protocol'
import type { DropReason, SkipReason } from './ping-state.ts'

/** A ping that waits to be sent, as far as its weight and its worth go. */
export interface QueuedPing {
  readonly id: string
  readonly monitorId: string
  /** Names the run; the pings of one run have the same. */
  readonly runKey: unknown
  readonly kind: PingKind
  readonly hasMeta: boolean
  /** Characters of its log; 0 without one. */
  readonly logLength: number
  /** Of its body, with the log. */
  readonly bytes: number
  /** Monotonic milliseconds. */
  readonly queuedAt: number
  /** On its way just now: it can neither be dropped nor changed. */
  readonly inFlight: boolean
}

/** How much may wait. */
export interface QueueLimits {
  /** Pings above which what matters least is given up. */
  readonly easyPings: number
  /** Pings that are never exceeded. */
  readonly maxPings: number
  /** Bytes that are never exceeded. */
  readonly maxBytes: number
}

/** At a limit of 120 pings a minute 100 take about a minute to send, and 1,000 nearly ten. */
export const QUEUE_LIMITS: QueueLimits = {
  easyPings: 100,
  maxPings: 1_000,
  maxBytes: 8 * 1024 * 1024,
}

/** Why a waiting ping is given up: the first is dropped, the others were not needed. */
export type PressureReason = Extract<
  DropReason | SkipReason,
  'queue-full' | 'covered-by-end' | 'newer-success'
>

/** A ping that is given up. */
export interface PressureDrop {
  readonly id: string
  readonly reason: PressureReason
}

/** What is to be given up. */
export interface Relief {
  /** In the order in which it was decided. */
  readonly drop: readonly PressureDrop[]
  /** Fails that are to be sent without their log. */
  readonly stripLog: readonly string[]
}

/**
 * What of a queue is to be given up so that it stays within its limits.
 *
 * Cheapest first, and each step only as far as needed:
 * 1. every start whose run has ended, in any case: that changes no alert;
 * 2. above `easyPings`: starts; then the logs of those fails that are not among the newest `easyPings`; then successes
 *    without metadata that a newer one of their monitor follows;
 * 3. above `maxBytes`: logs of further fails, then as in 2;
 * 4. above `maxPings` or `maxBytes` still: other successes without metadata, then those with, which rules look at,
 *    and at the very last fails.
 *
 * Oldest first within each. What is on its way counts, and stays.
 */
export function relievePressure(queue: readonly QueuedPing[], limits: QueueLimits): Relief {
  const byAge = [...queue].sort((one, other) => one.queuedAt - other.queuedAt)
  const drop = new Map<QueuedPing, PressureReason>()
  const stripLog = new Set<QueuedPing>()
  let pings = queue.length
  let bytes = queue.reduce((sum, ping) => sum + ping.bytes, 0)

  const dropWhile = (
    isNeeded: () => boolean,
    reason: PressureReason,
    isCandidate: (ping: QueuedPing) => boolean,
  ): void => {
    for (const ping of byAge) {
      if (!isNeeded()) return
      if (ping.inFlight || drop.has(ping) || !isCandidate(ping)) continue
      drop.set(ping, reason)
      pings--
      bytes -= bytesWithout(ping, stripLog.has(ping))
    }
  }
  const isUneasy = (): boolean => pings > limits.easyPings
  const isOver = (): boolean => pings > limits.maxPings || bytes > limits.maxBytes

  const hasEnded = endedRuns(queue)
  dropWhile(
    () => true,
    'covered-by-end',
    (ping) => isStart(ping) && hasEnded(ping),
  )
  dropWhile(isUneasy, 'queue-full', isStart)
  byAge
    .filter((ping) => !drop.has(ping))
    .forEach((ping, index) => {
      const isOld = index < pings - limits.easyPings
      if (ping.kind !== 'fail' || ping.logLength === 0 || ping.inFlight) return
      if (!isOld && bytes <= limits.maxBytes) return
      stripLog.add(ping)
      bytes -= ping.logLength
    })
  const newest = new Map(byAge.filter(isPlainSuccess).map((ping) => [ping.monitorId, ping]))
  dropWhile(
    () => isUneasy() || isOver(),
    'newer-success',
    (ping) => isPlainSuccess(ping) && newest.get(ping.monitorId) !== ping,
  )
  dropWhile(isOver, 'queue-full', isStart)
  dropWhile(isOver, 'queue-full', isPlainSuccess)
  dropWhile(isOver, 'queue-full', ({ kind }) => kind === 'success')
  dropWhile(isOver, 'queue-full', ({ kind }) => kind === 'fail')
  return {
    drop: [...drop].map(([{ id }, reason]) => ({ id, reason })),
    stripLog: [...stripLog].filter((ping) => !drop.has(ping)).map(({ id }) => id),
  }
}

function endedRuns(queue: readonly QueuedPing[]): (ping: QueuedPing) => boolean {
  const runs = new Map<string, Set<unknown>>()
  for (const ping of queue) {
    if (isStart(ping)) continue
    runs.set(ping.monitorId, (runs.get(ping.monitorId) ?? new Set()).add(ping.runKey))
  }
  return ({ monitorId, runKey }) => runs.get(monitorId)?.has(runKey) ?? false
}

function isStart({ kind }: QueuedPing): boolean {
  return kind === 'start'
}

function isPlainSuccess({ kind, hasMeta }: QueuedPing): boolean {
  return kind === 'success' && !hasMeta
}

/** A character of a log takes a byte at least, so this is never too little. */
function bytesWithout(ping: QueuedPing, logIsStripped: boolean): number {
  return logIsStripped ? ping.bytes - ping.logLength : ping.bytes
}
