import type { Clock } from '../../clock.ts'
import { classifyReply } from '../../http/classify-reply.ts'
import type { Outcome } from '../../http/outcome.ts'
import type { Reply, Transport } from '../../http/transport.ts'
import { startAttempt, type RunningAttempt } from './attempt.ts'
import type { Entry } from '../entry.ts'
import { gatesAfter, payForRetry, type Gates } from '../gates.ts'
import { isEnd, type HeldPing } from '../held-ping.ts'
import type { Lanes } from '../lanes.ts'
import { clockSkewAfter } from '../rules/clock-skew.ts'
import { exhaustedForMs } from '../rules/rate-limit-hint.ts'
import { retryAfterMs } from '../rules/retry-after.ts'
import { verdictOn, type Verdict } from '../rules/verdict.ts'
import type { RunsAtService } from '../runs-at-service.ts'
import type { Settlement } from '../settlement.ts'
import { wirePing, type Destination } from './wire-ping.ts'

/** Milliseconds for which the pings of a monitor are dropped after the service did not know it. */
const MUTE_MS = 10 * 60_000
/** Milliseconds that an end waits for the answer to its own start; then that start is let go. */
const END_WAITS_FOR_START_MS = 2_000
const CONFLICT = 409

/** What is known of the service, by its answers so far. */
export interface Line {
  gates: Gates
  /** How far the service's clock is ahead of ours. */
  skewMs: number
}

/** What sending needs. */
export interface SendingContext {
  readonly destination: Destination
  readonly transport: Transport
  readonly clock: Clock
  readonly random: () => number
  readonly lanes: Lanes
  readonly line: Line
  readonly runs: RunsAtService
  readonly settlement: Settlement
  /** Called when an attempt has ended and been judged. */
  readonly onAttemptEnded: () => void
}

/** Attempts under way. */
export interface Sending {
  send(entry: Entry, asProbe: boolean): void
  abort(entry: Entry): void
  /** An end lets its own start go that has been on its way for too long: the end says more. */
  hurryStartOf(end: HeldPing): void
}

export function createSending(context: SendingContext): Sending {
  const { clock, lanes, line } = context
  const attempts = new Map<Entry, RunningAttempt>()
  return {
    send: (entry, asProbe) => {
      entry.ping = { ...entry.ping, attempts: entry.ping.attempts + 1 }
      entry.isSending = true
      const sentAt = clock.now()
      const request = wirePing(entry.ping, context.destination, sentAt, line.skewMs)
      const { timeoutMs } = entry.ping
      const attempt = startAttempt(context.transport, request, timeoutMs, clock, entry.onWritten)
      attempts.set(entry, attempt)
      void attempt.reply.then((reply) => {
        attempts.delete(entry)
        entry.isSending = false
        judge(entry, reply, { sentAt, wasProbe: asProbe }, context)
        context.onAttemptEnded()
      })
    },
    abort: (entry) => attempts.get(entry)?.abort(),
    hurryStartOf: ({ monitorId, runId }) => {
      const start = lanes.sending(monitorId)
      if (start === undefined || isEnd(start.ping) || start.ping.runId !== runId) return
      clock.schedule(() => attempts.get(start)?.abort(), END_WAITS_FOR_START_MS, false)
    },
  }
}

/** What an answer, or its absence, means for the gates and for the ping. */
function judge(
  entry: Entry,
  reply: Reply,
  { sentAt, wasProbe }: { readonly sentAt: number; readonly wasProbe: boolean },
  { clock, lanes, line, random, runs, settlement }: SendingContext,
): void {
  const now = clock.monotonic()
  const { ping } = entry
  const outcome = classifyReply(reply, ping.monitorId)
  const headers = reply.type === 'response' ? reply.headers : {}
  const hintMs = retryAfterMs(headers['retry-after'], headers['date'], clock.now())
  if (reply.type === 'response') {
    line.skewMs = clockSkewAfter(line.skewMs, { date: headers['date'], sentAt, answeredAt: clock.now() })
  }
  const verdict = verdictOn(ping, outcome, hintMs, random())
  const pauseMs = hintMs ?? (verdict.state === 'pending' ? verdict.afterMs : 0)
  const exhaustedMs = exhaustedForMs(headers, clock.now())
  const ended = { outcome, attempt: ping.attempts, wasProbe, pauseMs, exhaustedMs }
  line.gates = gatesAfter(line.gates, ended, now, random())
  if (outcome.type !== 'accepted') {
    entry.lastOutcome = outcome
    if (entry.sent !== undefined) entry.sent.lastOutcome = outcome
  }
  if (!isEnd(ping) && mayHaveArrived(outcome)) runs.opened(ping.monitorId, ping.runId)
  // The entry may have been given up while it was on its way.
  if (lanes.find(ping) !== entry) return
  switch (verdict.state) {
    case 'delivered': {
      const receipt =
        outcome.type === 'accepted' ? outcome.receipt : { received: true, monitorId: ping.monitorId }
      return settlement.end(entry, { state: 'delivered', receipt, attempts: ping.attempts })
    }
    case 'dropped':
      if (verdict.reason === 'monitor-unknown') lanes.mute(ping.monitorId, now + MUTE_MS)
      return settlement.giveUp(entry, verdict.reason)
    case 'pending':
      return sendAgain(entry, verdict, line, now)
  }
}

function sendAgain(
  entry: Entry,
  { afterMs, detail, isRetry }: Extract<Verdict, { state: 'pending' }>,
  line: Line,
  now: number,
): void {
  const paid = isRetry ? payForRetry(line.gates, afterMs) : { gates: line.gates, afterMs }
  line.gates = paid.gates
  entry.ping = { ...entry.ping, detail, notBefore: now + paid.afterMs }
  if (entry.lastOutcome !== undefined) entry.onRetry(entry.ping, entry.lastOutcome, paid.afterMs)
}

function mayHaveArrived(outcome: Outcome): boolean {
  if (outcome.type === 'refused') return outcome.statusCode === CONFLICT
  return outcome.type === 'accepted' || outcome.type === 'unknown'
}
