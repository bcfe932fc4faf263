import type { DurationMs, Instant } from './clock.ts'
import { dispatch, tellsOfOutage } from './cooldown.ts'
import { withRun, excessiveRate } from './failure-rate.ts'
import {
  type Measured,
  type Memory,
  type MonitorEvent,
  NO_MEMORY,
  type RunId,
  type RunningState,
  type Step,
  type Watch,
} from './model.ts'
import { failureAlert, rateAlert, recoveryAlert, silentFailureAlerts, slowAlert } from './run-end-alerts.ts'
import { findSlow, withDuration } from './slow.ts'
import type { Terms } from './terms.ts'
import { watchAfterPing } from './watch.ts'

type Success = Extract<MonitorEvent, { type: 'success' }>
type Fail = Extract<MonitorEvent, { type: 'fail' }>

const NOT_MEASURED: Measured = Object.freeze({})

/**
 * A success ping: closes the open run, ends an outage, looks at metadata and duration. [D PINGS, RULES]
 *
 * While the failure rate is too high, a single success does not end the outage that the rate has begun. [I]
 */
export function onSuccess(state: RunningState, event: Success, now: Instant, terms: Terms): Step {
  const { runId, measured, watch, memory: before } = endedRun(state, event, now, terms)
  const slow = findSlow(before, measured.durationMs, terms)
  const remembered = withSuccess(before, measured.durationMs, slow !== null, terms)
  const rateStaysUp = terms.failureRate !== null && remembered.rateTold !== 'no'
  const recovers = state.status === 'failing' && !rateStaysUp
  const wasTold = state.status === 'failing' && state.told

  const raised = [
    ...(recovers ? recoveryAlert(state.failingSince, runId, now, terms) : []),
    ...silentFailureAlerts(event.meta, runId, now, terms),
    ...(slow === null ? [] : slowAlert(slow, runId, now, terms)),
  ]
  const { alerts, memory } = dispatch(raised, remembered, wasTold, now, terms)
  const pinged = { lastPingAt: now, watch, openRun: null, memory }
  return {
    state:
      state.status === 'failing' && rateStaysUp
        ? { status: 'failing', failingSince: state.failingSince, told: state.told, ...pinged }
        : { status: 'active', ...pinged },
    openedRun: null,
    closedRuns: [
      {
        status: 'success',
        runId,
        monitorId: terms.monitorId,
        ...measured,
        endedAt: now,
        ...(event.meta === undefined ? {} : { meta: event.meta }),
        ...(slow === null ? {} : { isDurationAnomaly: true as const }),
      },
    ],
    alerts,
  }
}

/**
 * A fail ping: closes the open run as failed and alerts at once, without grace or threshold. [D PINGS]
 *
 * With a failure rate, it alerts when the rate is passed instead. [I]
 */
export function onFail(state: RunningState, event: Fail, now: Instant, terms: Terms): Step {
  const { runId, measured, watch, memory: before } = endedRun(state, event, now, terms)
  const { failureRate, failureAlerts, semantics } = terms
  const failures = failureRate === null ? before.failures : withRun(before.failures, 1, failureRate)
  const rate = failureRate === null ? null : excessiveRate(failures, failureRate)
  const wasTold = state.status === 'failing' && state.told

  const raised = [
    ...(failureAlerts ? failureAlert(event, measured.durationMs, runId, now, terms) : []),
    ...(rate === null || before.rateTold === 'sent' ? [] : rateAlert(rate, event, runId, now, terms)),
    ...(semantics.rulesOnFail ? silentFailureAlerts(event.meta, runId, now, terms) : []),
  ]
  const { alerts, memory } = dispatch(raised, { ...before, failures }, wasTold, now, terms)
  const rateAlerted = alerts.find(({ type }) => type === 'failure_rate')
  const rateTold =
    rateAlerted === undefined ? before.rateTold : rateAlerted.suppressed === undefined ? 'sent' : 'suppressed'
  const pinged = { lastPingAt: now, watch, openRun: null, memory: { ...memory, rateTold } }
  return {
    state:
      failureAlerts || rate !== null || state.status === 'failing'
        ? {
            status: 'failing',
            failingSince: state.status === 'failing' ? state.failingSince : now,
            told: wasTold || tellsOfOutage(alerts),
            ...pinged,
          }
        : { status: 'active', ...pinged },
    openedRun: null,
    closedRuns: [
      {
        status: 'failed',
        runId,
        monitorId: terms.monitorId,
        ...measured,
        endedAt: now,
        ...(event.errorMessage === undefined ? {} : { errorMessage: event.errorMessage }),
        ...(event.meta === undefined ? {} : { meta: event.meta }),
        ...(event.logOutput === undefined ? {} : { logOutput: event.logOutput }),
      },
    ],
    alerts,
  }
}

interface EndedRun {
  readonly runId: RunId
  readonly measured: Measured
  readonly watch: Watch | null
  /** As it was before this run. */
  readonly memory: Memory
}

function endedRun(state: RunningState, event: Success | Fail, now: Instant, terms: Terms): EndedRun {
  const { watch, openRun, memory } =
    state.status === 'waiting' ? { watch: null, openRun: null, memory: NO_MEMORY } : state
  return {
    // An end without a start is a run of its own: nothing says when it began. [I]
    runId: openRun === null ? event.newRunId() : openRun.runId,
    measured:
      openRun === null ? NOT_MEASURED : { startedAt: openRun.startedAt, durationMs: now - openRun.startedAt },
    watch: watchAfterPing(watch, { type: event.type, endsOpenRun: openRun !== null }, now, terms),
    memory,
  }
}

function withSuccess(
  memory: Memory,
  durationMs: DurationMs | undefined,
  isSlow: boolean,
  terms: Terms,
): Memory {
  const { slow, failureRate, semantics } = terms
  const counts = slow !== null && durationMs !== undefined && (!isSlow || semantics.slowRunsCount)
  if (!counts && failureRate === null) return memory
  const failures = failureRate === null ? memory.failures : withRun(memory.failures, 0, failureRate)
  const isBack = failureRate !== null && excessiveRate(failures, failureRate) === null
  return {
    durations: counts ? withDuration(memory.durations, durationMs, slow) : memory.durations,
    failures,
    rateTold: isBack ? 'no' : memory.rateTold,
    cooldownsFrom: memory.cooldownsFrom,
  }
}
