import type { Instant } from './clock.ts'
import { dispatch, notifiesOfOutage } from './cooldown.ts'
import { failureAlert, rateAlert } from './end-alerts.ts'
import { endedRun } from './ended-run.ts'
import { excessiveRate, withRun } from './failure-rate.ts'
import {
  type Alert,
  type ClosedRun,
  type MonitorEvent,
  NEVER_PINGED,
  type RunningState,
  type Step,
  type Notified,
} from './model.ts'
import { outageOf } from './outage.ts'
import type { Terms } from './terms.ts'

type Fail = Extract<MonitorEvent, { type: 'fail' }>

/**
 * A fail ping: closes the run as failed and alerts at once, without grace or threshold. [D PINGS]
 *
 * With a failure rate, it alerts when the rate is passed instead. [I]
 */
export function onFail(state: RunningState, event: Fail, now: Instant, terms: Terms): Step {
  const facts = state.status === 'waiting' ? NEVER_PINGED : state
  const { memory: before, silent } = facts
  const ended = endedRun(state, event, now, terms)
  const { failureRate, failureAlerts } = terms
  const failures = failureRate === null ? before.failures : withRun(before.failures, 1, failureRate)
  const rate = failureRate === null ? null : excessiveRate(failures, failureRate)
  const wasNotified = state.status === 'failing' && state.notified

  const raised: readonly Alert[] = [
    ...(failureAlerts ? failureAlert(event, ended.measured.durationMs, ended.runId, now, terms) : []),
    ...(rate === null || before.rateNotified === 'sent'
      ? []
      : rateAlert(rate, event, ended.runId, now, terms)),
  ]
  const dispatched = dispatch(raised, { ...before, failures }, wasNotified, now, terms)
  const { alerts } = dispatched
  const memory = { ...dispatched.memory, rateNotified: rateNotifiedAfter(before.rateNotified, alerts) }
  const run = failedRun(event, ended, now, terms)
  const pinged = { lastPingAt: now, watch: ended.watch, openRun: null, hungRun: null, silent, memory }
  const type = failureAlerts ? 'failure' : 'failure_rate'
  return {
    state:
      failureAlerts || rate !== null || state.status === 'failing'
        ? {
            status: 'failing',
            ...outageOf(state, { type, alerts, failedRuns: 1, run }, now),
            notified: wasNotified || notifiesOfOutage(alerts),
            ...pinged,
          }
        : { status: 'active', ...pinged },
    openedRun: null,
    closedRuns: [run],
    skippedSlots: ended.skippedSlots,
    alerts,
  }
}

function rateNotifiedAfter(before: Notified, alerts: readonly Alert[]): Notified {
  const alert = alerts.find(({ type }) => type === 'failure_rate')
  if (alert === undefined) return before
  return alert.suppressed === undefined ? 'sent' : 'suppressed'
}

function failedRun(
  event: Fail,
  { runId, measured }: ReturnType<typeof endedRun>,
  now: Instant,
  terms: Terms,
): ClosedRun {
  return {
    status: 'failed',
    runId,
    monitorId: terms.monitorId,
    ...measured,
    endedAt: now,
    ...(event.errorMessage === undefined ? {} : { errorMessage: event.errorMessage }),
    ...(event.meta === undefined ? {} : { meta: event.meta }),
    ...(event.logOutput === undefined ? {} : { logOutput: event.logOutput }),
  }
}
