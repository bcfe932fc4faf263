import { breakerVerdict, onProbeSent, opensAgainAt } from './breaker.ts'
import type { DropReason, SkipReason } from './ping-state.ts'
import { isParked, type Gates } from '../gates.ts'
import { hasMeta, isEnd, type HeldPing } from '../held-ping.ts'
import { nextTakeInMs, take } from './rate-bucket.ts'

/** The pings of one monitor, as far as the next move depends on them. */
export interface LaneView {
  /** The oldest ping that waits. */
  readonly head: HeldPing
  /** True while a ping of this monitor is on its way: the next one waits for its outcome. */
  readonly isSending: boolean
  /** True if the end of the head's own run waits behind it. */
  readonly hasOwnEnd: boolean
  /** False for an end that would close another run. */
  readonly mayEnd: boolean
  /** The service does not know this monitor; until then its pings are dropped. */
  readonly mutedUntil: number
}

/** What to do next. */
export type Move =
  | { readonly type: 'send'; readonly ping: HeldPing; readonly asProbe: boolean; readonly gates: Gates }
  | { readonly type: 'drop'; readonly ping: HeldPing; readonly reason: DropReason }
  | { readonly type: 'skip'; readonly ping: HeldPing; readonly reason: SkipReason }
  /** Nothing until that instant; `undefined`: until a ping comes or ends. */
  | { readonly type: 'rest'; readonly until: number | undefined }

/** Connections at once. More would gain nothing at 120 pings a minute, and cost the host its file descriptors. */
export const MAX_SENDING = 4

/** Milliseconds that an end waits for its own start to be sent. */
const START_PATIENCE_MS = 2_000

/**
 * Decides the next move for all pings of one API key. Pure: the same lanes, gates and instant give the same move.
 *
 * @param sending  How many pings are on their way.
 */
export function nextMove(lanes: readonly LaneView[], gates: Gates, sending: number, now: number): Move {
  const idle = lanes.filter((lane) => !lane.isSending)
  for (const lane of idle) {
    const end = uselessness(lane, gates, now)
    if (end !== undefined) return end
  }
  if (sending >= MAX_SENDING) return { type: 'rest', until: undefined }
  const verdict = breakerVerdict(gates.breaker, now)
  const opensAt = Math.max(
    gates.pausedUntil,
    gates.keyShutUntil ?? now,
    verdict === 'open' ? (opensAgainAt(gates.breaker) ?? now) : now,
  )
  const asProbe = verdict === 'probe' || gates.keyShutUntil !== undefined
  // One probe at a time: whoever waits for its outcome is woken by it.
  if ((asProbe || verdict === 'open') && sending > 0) return { type: 'rest', until: undefined }
  if (opensAt > now) return rest(idle, opensAt)
  const due = idle.filter(({ head }) => head.notBefore <= now && !(asProbe && !isEnd(head)))
  const best = mostUrgent(due.map(({ head }) => head))
  if (best === undefined) return rest(idle, undefined)
  const taken = gates.bucket && take(gates.bucket, now, best.kind)
  if (gates.bucket !== undefined && taken?.granted === false) {
    return rest(idle, now + Math.max(1, nextTakeInMs(gates.bucket, now, best.kind)))
  }
  const breaker = verdict === 'probe' ? onProbeSent(gates.breaker) : gates.breaker
  return { type: 'send', ping: best, asProbe, gates: { ...gates, bucket: taken?.bucket, breaker } }
}

/** The move that does away with a ping that is not worth sending, if it is not. */
function uselessness(lane: LaneView, gates: Gates, now: number): Move | undefined {
  const { head: ping } = lane
  if (lane.mutedUntil > now) return { type: 'drop', ping, reason: 'monitor-unknown' }
  if (ping.expiresAt <= now) return { type: 'drop', ping, reason: 'too-old' }
  if (isEnd(ping)) return lane.mayEnd ? undefined : { type: 'skip', ping, reason: 'superseded' }
  if (lane.hasOwnEnd && isHopeless(ping, gates, now)) return { type: 'skip', ping, reason: 'covered-by-end' }
  if (gates.keyShutUntil !== undefined) return { type: 'drop', ping, reason: 'key-refused' }
  if (gates.breaker.type !== 'closed') return { type: 'drop', ping, reason: 'service-down' }
  return undefined
}

/**
 * True for a start that has failed, has waited for long, or would have to wait: its end should not wait with it. While
 * the service is well both are sent, so that even a job of a millisecond has a duration and overlaps are seen.
 */
function isHopeless(ping: HeldPing, gates: Gates, now: number): boolean {
  return ping.attempts > 0 || now - ping.queuedAt >= START_PATIENCE_MS || isParked(gates, now)
}

/** A failure before a success with numbers, that before a plain one, ends before starts; then the oldest. */
function mostUrgent(pings: readonly HeldPing[]): HeldPing | undefined {
  let best: HeldPing | undefined
  for (const ping of pings) {
    const order = best === undefined ? -1 : urgency(ping) - urgency(best) || ping.queuedAt - best.queuedAt
    if (order < 0) best = ping
  }
  return best
}

function urgency(ping: HeldPing): number {
  if (ping.kind === 'fail') return 0
  if (ping.kind === 'start') return 3
  return hasMeta(ping) ? 1 : 2
}

function rest(idle: readonly LaneView[], atLeast: number | undefined): Move {
  const wakes = idle.map(({ head }) =>
    Math.min(head.expiresAt, Math.max(head.notBefore, atLeast ?? head.notBefore)),
  )
  const until = Math.min(...wakes, ...(atLeast !== undefined && idle.length > 0 ? [atLeast] : []))
  return { type: 'rest', until: Number.isFinite(until) ? until : undefined }
}
