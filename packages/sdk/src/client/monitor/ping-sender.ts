import type { PingKind, PingReceipt } from '@crontify/protocol'
import { SKEW_WARNING_MS } from '../../delivery/rules/clock-skew.ts'
import type { Clock } from '../../clock.ts'
import type { Delivery, NewPing, OnRetry, PingEnd, PingOnItsWay } from '../../delivery/delivery.ts'
import type { DeliveryEvent } from '../../run/delivery-event.ts'
import type { CrontifyError } from '../../errors.ts'
import { outcomeError, type FailedOutcome } from '../../http/outcome-error.ts'
import type { PingCounts } from '../ping-counts.ts'
import type { ScrubKey } from '../../redaction/scrub-key.ts'
import { settleWithin } from '../../settle-within.ts'
import type { Warner } from '../../warner.ts'
import { dropMessage, receiptError } from './ping-failure.ts'

/** What one monitor sends with. */
export interface PingSenderContext {
  readonly monitorId: string
  /** Host and port, for messages. */
  readonly host: string
  /** For a caller who waits for the answer, whatever it is. */
  readonly timeoutMs: number
  /** For one attempt. */
  readonly attemptTimeoutMs: number
  readonly atExit: boolean
  /** True: failures are warnings. False: the caller throws them, so nothing is said. */
  readonly silent: boolean
  readonly delivery: Delivery
  readonly counts: PingCounts
  readonly clock: Clock
  readonly warner: Warner
  readonly scrub: ScrubKey
  /** `undefined` where nobody listens. */
  readonly emit: ((event: DeliveryEvent) => void) | undefined
}

/** The pings of one monitor, on their way to the shared delivery and back as counts, events and warnings. */
export interface PingSender {
  send(ping: Omit<NewPing, 'monitorId' | 'timeoutMs' | 'atExit'>): PingOnItsWay
  /** The receipt, or `null` when none came in time. Never rejects. */
  receiptWithin(sent: PingOnItsWay, waitMs: number): Promise<PingReceipt | null>
  /** The receipt. @throws the error that says why there is none, at the latest after the timeout. */
  receiptOrThrow(sent: PingOnItsWay): Promise<PingReceipt | null>
  /** Milliseconds that a caller should wait: 0 while the ping would not be sent anyway. */
  patience(waitMs: number): number
}

export function createPingSender(context: PingSenderContext): PingSender {
  const { delivery, counts, emit, warner, monitorId } = context
  const errorOf = (kind: PingKind, outcome: FailedOutcome): CrontifyError =>
    outcomeError(outcome, { kind, monitorId, host: context.host }, context.scrub)

  function onEnd(kind: PingKind, runId: string, end: PingEnd): void {
    switch (end.state) {
      case 'delivered':
        counts.delivered()
        warnOfSkew()
        return emit?.({ monitorId, kind, runId, type: 'delivered', attempts: end.attempts })
      case 'skipped':
        counts.skipped(end.reason)
        return emit?.({ monitorId, kind, runId, type: 'skipped', reason: end.reason })
      case 'spooled':
        counts.spooled()
        return emit?.({ monitorId, kind, runId, type: 'spooled' })
      case 'dropped': {
        counts.dropped(end.reason)
        const { reason, outcome } = end
        const error = outcome && errorOf(kind, outcome)
        emit?.({ monitorId, kind, runId, type: 'dropped', reason, ...(error === undefined ? {} : { error }) })
        if (context.silent)
          warner.sayOncePerBurst(`dropped ${reason}`, () => dropMessage({ kind, monitorId }, reason, error))
      }
    }
  }

  function warnOfSkew(): void {
    const skewMs = delivery.clockSkewMs()
    if (Math.abs(skewMs) < SKEW_WARNING_MS) return
    const by = `${Math.round(Math.abs(skewMs) / 1_000)} s ${skewMs > 0 ? 'behind' : 'ahead of'}`
    warner.sayOnce(
      'skew',
      `The clock of this machine is ${by} that of Crontify; schedules are read by clocks`,
    )
  }

  const onRetry: OnRetry = ({ kind, runId, attempts }, outcome, waitMs) => {
    counts.retried()
    emit?.({ monitorId, kind, runId, type: 'retried', attempts, error: errorOf(kind, outcome), waitMs })
  }
  return {
    send: (given) => {
      const { kind, runId } = given
      counts.created()
      const sent = delivery.send(
        {
          monitorId,
          kind,
          runId,
          body: given.body,
          record: given.record,
          closesAnyRun: given.closesAnyRun ?? false,
          timeoutMs: context.attemptTimeoutMs,
          atExit: context.atExit,
        },
        onRetry,
      )
      void sent.end.then((end) => onEnd(kind, runId, end))
      return sent
    },
    receiptWithin: async (sent, waitMs) => {
      const end = await settleWithin(sent.end, waitMs, context.clock)
      return end?.state === 'delivered' ? end.receipt : null
    },
    receiptOrThrow: async (sent) => {
      const end = await settleWithin(sent.end, context.timeoutMs, context.clock)
      const outcome = end?.state === 'dropped' ? (end.outcome ?? sent.lastOutcome) : sent.lastOutcome
      const error = receiptError({ kind: sent.kind, monitorId }, end, outcome && errorOf(sent.kind, outcome))
      if (error !== undefined) throw error
      return end?.state === 'delivered' ? end.receipt : null
    },
    patience: (waitMs) => (delivery.isParked() ? 0 : waitMs),
  }
}
