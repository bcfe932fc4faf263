import { startAttempt, type RunningAttempt } from './attempt.ts'
import { classifyReply } from '../http/classify-reply.ts'
import { clockSkewMs } from './rules/clock-skew.ts'
import type { Cancel, Clock } from '../clock.ts'
import type { DropReason } from './rules/ping-state.ts'
import { createGates, gatesAfter, isParked, payForRetry, type Gates } from './gates.ts'
import { END_LIFETIME_MS, isEnd, START_LIFETIME_MS, type HeldPing } from './held-ping.ts'
import type { Delivery } from './delivery.ts'
import type { DeliverySpool } from '../disk/queue/delivery-spool.ts'
import { createDiskKeeper } from './disk-keeper.ts'
import { createSpoolIntake } from './spool-intake.ts'
import { createLanes, type Entry, type PingEnd } from './lanes.ts'
import { nextMove } from './rules/next-move.ts'
import { loadOnce } from './load-once.ts'
import { QUEUE_LIMITS } from './rules/queue-pressure.ts'
import { RELIEF_STEP, relieveLanes } from './relieve-lanes.ts'
import { exhaustedForMs } from './rules/rate-limit-hint.ts'
import { retryAfterMs } from './rules/retry-after.ts'
import { settleWithin } from '../settle-within.ts'
import type { ExitRequest } from '../process-exit/exit-request.ts'
import type { Reply, Transport } from '../http/transport.ts'
import { verdictOn } from './rules/verdict.ts'
import { wirePing, type Destination } from './wire-ping.ts'
import { leftBehindEntry } from './left-behind-entry.ts'

/** Milliseconds for which the pings of a monitor are dropped after the service did not know it. */
const MUTE_MS = 10 * 60_000
/** Milliseconds that an end waits for the answer to its own start; then that start is let go. */
const END_WAITS_FOR_START_MS = 2_000

/** A delivery for one destination and key. */
export function createDelivery(
  destination: Destination,
  loadTransport: () => Promise<Transport>,
  { clock, random }: { readonly clock: Clock; readonly random: () => number },
  spool?: DeliverySpool,
): Delivery {
  const lanes = createLanes()
  const attempts = new Map<Entry, RunningAttempt>()
  let gates: Gates = createGates(clock.monotonic(), destination.ratePerMinute)
  let skewMs = 0
  let relieveAt = QUEUE_LIMITS.easyPings + 1
  let cancelWake: Cancel = () => {}
  let idleWaiters: { readonly monitorId: string; readonly resolve: () => void }[] = []
  let atExit = new Map<ExitRequest, Entry>()
  const loading = loadOnce(loadTransport)
  const disk = createDiskKeeper(spool, clock)
  const intake = createSpoolIntake(spool, clock, (left) => {
    for (const found of [...left].reverse()) lanes.addFirst(leftBehindEntry(found, clock.monotonic()))
    pump()
  })

  function end(entry: Entry, how: PingEnd): void {
    lanes.remove(entry)
    disk.settled(entry, how)
    entry.onWritten()
    entry.onEnd(how)
    idleWaiters = idleWaiters.filter(({ monitorId, resolve }) => {
      if (lanes.count(monitorId) > 0) return true
      resolve()
      return false
    })
  }

  function giveUp(entry: Entry, reason: DropReason): void {
    const isLeft = disk.leave(entry, reason)
    end(entry, isLeft ? { state: 'spooled' } : { state: 'dropped', reason, outcome: entry.lastOutcome })
  }

  function abandon(entry: Entry, reason: 'closed' | 'process-ended'): void {
    attempts.get(entry)?.abort()
    giveUp(entry, reason)
  }

  function idle(monitorId: string): Promise<void> {
    if (lanes.count(monitorId) === 0) return Promise.resolve()
    return new Promise((resolve) => idleWaiters.push({ monitorId, resolve }))
  }

  /** Makes moves until there is none to make now. */
  function pump(): void {
    if (!intake.isReady) return
    cancelWake()
    relieve()
    for (;;) {
      const now = clock.monotonic()
      const move = nextMove(lanes.views(now), gates, lanes.sendingCount(), now)
      if (move.type === 'rest') {
        // Unref'd: what waits in the background does not keep a process alive.
        if (move.until !== undefined) cancelWake = clock.schedule(pump, move.until - now, false)
        return
      }
      const entry = lanes.find(move.ping)
      if (entry === undefined) return
      if (move.type === 'drop') giveUp(entry, move.reason)
      else if (move.type === 'skip') end(entry, { state: 'skipped', reason: move.reason })
      else {
        gates = move.gates
        send(entry, move.asProbe)
      }
    }
  }

  function relieve(): void {
    if (lanes.size < relieveAt) return
    relieveLanes(
      lanes,
      (entry) => giveUp(entry, 'queue-full'),
      (entry, reason) => end(entry, { state: 'skipped', reason }),
    )
    relieveAt = Math.max(QUEUE_LIMITS.easyPings + 1, lanes.size + RELIEF_STEP)
  }

  function send(entry: Entry, asProbe: boolean): void {
    entry.ping = { ...entry.ping, attempts: entry.ping.attempts + 1 }
    entry.isSending = true
    const sentAt = clock.now()
    const request = wirePing(entry.ping, destination, sentAt, skewMs)
    const attempt = startAttempt(loading, request, entry.ping.timeoutMs, clock, entry.onWritten)
    attempts.set(entry, attempt)
    void attempt.reply.then((reply) => {
      attempts.delete(entry)
      afterReply(entry, reply, sentAt, asProbe)
      pump()
    })
  }

  function afterReply(entry: Entry, reply: Reply, sentAt: number, wasProbe: boolean): void {
    entry.isSending = false
    const now = clock.monotonic()
    const { ping } = entry
    const outcome = classifyReply(reply, ping.monitorId)
    const headers = reply.type === 'response' ? reply.headers : {}
    const hintMs = retryAfterMs(headers['retry-after'], headers['date'], clock.now())
    if (reply.type === 'response') skewMs = clockSkewMs(headers['date'], sentAt, clock.now())
    const verdict = verdictOn(ping, outcome, hintMs, random())
    const pauseMs = hintMs ?? (verdict.state === 'pending' ? verdict.afterMs : 0)
    const exhaustedMs = exhaustedForMs(headers, clock.now())
    const ended = { outcome, attempt: ping.attempts, wasProbe, pauseMs, exhaustedMs }
    gates = gatesAfter(gates, ended, now, random())
    if (outcome.type !== 'accepted') entry.lastOutcome = outcome
    // The entry may have been given up while it was on its way.
    if (lanes.find(ping) !== entry) return
    switch (verdict.state) {
      case 'delivered': {
        const receipt =
          outcome.type === 'accepted' ? outcome.receipt : { received: true, monitorId: ping.monitorId }
        return end(entry, { state: 'delivered', receipt, attempts: ping.attempts })
      }
      case 'dropped':
        if (verdict.reason === 'monitor-unknown') lanes.mute(ping.monitorId, now + MUTE_MS)
        return giveUp(entry, verdict.reason)
      case 'pending': {
        const paid = verdict.isRetry
          ? payForRetry(gates, verdict.afterMs)
          : { gates, afterMs: verdict.afterMs }
        gates = paid.gates
        entry.ping = { ...ping, detail: verdict.detail, notBefore: now + paid.afterMs }
        if (entry.lastOutcome !== undefined) entry.onRetry(entry.ping, entry.lastOutcome, paid.afterMs)
      }
    }
  }

  /** An end lets its own start go that has been on its way for too long: the end tells more. */
  function hurryStart(ping: HeldPing): void {
    const start = lanes.sending(ping.monitorId)
    if (start === undefined || isEnd(start.ping) || start.ping.runId !== ping.runId) return
    clock.schedule(() => attempts.get(start)?.abort(), END_WAITS_FOR_START_MS, false)
  }

  return {
    send: (newPing, onRetry) => {
      const now = clock.monotonic()
      const ping: HeldPing = {
        ...newPing,
        id: `${newPing.runId}.${newPing.kind}`,
        occurredAt: clock.now(),
        queuedAt: now,
        expiresAt: now + (isEnd(newPing) ? END_LIFETIME_MS : START_LIFETIME_MS),
        notBefore: now,
        attempts: 0,
        detail: 'full',
      }
      let onWritten = (): void => {}
      let onEnd = (_end: PingEnd): void => {}
      const written = new Promise<void>((resolve) => (onWritten = resolve))
      const ended = new Promise<PingEnd>((resolve) => (onEnd = resolve))
      const entry: Entry = {
        ping,
        lastOutcome: undefined,
        isSending: false,
        isLeftBehind: false,
        onWritten,
        onEnd,
        onRetry,
      }
      intake.note(ping, lanes.count(ping.monitorId) === 0)
      lanes.add(entry)
      disk.watch(entry)
      if (isEnd(ping)) hurryStart(ping)
      pump()
      return { kind: ping.kind, written, end: ended, lastOutcome: () => entry.lastOutcome }
    },
    isParked: () => isParked(gates, clock.monotonic()),
    idle,
    clockSkewMs: () => skewMs,
    drop: (monitorId, reason) => {
      for (const entry of lanes.all()) {
        if (entry.ping.monitorId === monitorId) abandon(entry, reason)
      }
    },
    openRun: (monitorId, runId) => spool?.openRun(monitorId, runId),
    hasWork: () => lanes.size > 0,
    finish: async (withinMs) => {
      const allIdle = Promise.all(lanes.all().map(({ ping }) => idle(ping.monitorId)))
      // What cannot be sent now will not be sendable in a moment.
      await settleWithin(allIdle, isParked(gates, clock.monotonic()) ? 0 : withinMs, clock)
      for (const entry of lanes.all()) abandon(entry, 'process-ended')
      // The drops are counted and told in promise callbacks.
      await Promise.resolve()
    },
    lastRequests: () => {
      atExit = new Map()
      const { exitRoute } = destination
      if (exitRoute !== 'none' && !isParked(gates, clock.monotonic())) {
        for (const entry of lanes.all().filter(({ ping }) => isEnd(ping) && ping.atExit)) {
          entry.ping = { ...entry.ping, attempts: entry.ping.attempts + 1 }
          const request = wirePing(entry.ping, destination, clock.now(), skewMs)
          atExit.set(exitRoute === 'direct' ? request : { ...request, proxy: exitRoute }, entry)
        }
      }
      return [...atExit.keys()]
    },
    afterLastRequests: (unanswered) => {
      for (const [request, entry] of atExit) {
        if (unanswered.includes(request)) continue
        const { monitorId } = entry.ping
        end(entry, {
          state: 'delivered',
          receipt: { received: true, monitorId },
          attempts: entry.ping.attempts,
        })
      }
      for (const entry of lanes.all()) giveUp(entry, 'process-ended')
    },
  }
}
