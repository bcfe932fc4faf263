import { LOG_SNIPPET_LENGTH, cutText } from '@crontify/protocol'
import { alertOf } from './alerts.ts'
import type { Instant } from './clock.ts'
import type { Alert, Measured, MonitorEvent, OpenRun, RunId, RunningState, Step, Watch } from './model.ts'
import { matchedRules } from './silent-failure.ts'
import type { Terms } from './terms.ts'
import { watchAfterPing } from './watch.ts'

type Success = Extract<MonitorEvent, { type: 'success' }>
type Fail = Extract<MonitorEvent, { type: 'fail' }>

/** A success ping: closes the open run, makes the monitor active, and looks at the metadata. [D PINGS, RULES] */
export function onSuccess(state: RunningState, event: Success, now: Instant, terms: Terms): Step {
  const ended = endedRun(state, event, now, terms)
  return {
    state: { status: 'active', lastPingAt: now, watch: ended.watch, openRun: null },
    openedRun: null,
    closedRuns: [
      {
        status: 'success',
        runId: ended.runId,
        monitorId: terms.monitorId,
        ...ended.measured,
        endedAt: now,
        ...(event.meta === undefined ? {} : { meta: event.meta }),
      },
    ],
    alerts: [...recovery(state, ended.runId, now, terms), ...silentFailure(event, ended.runId, now, terms)],
  }
}

/** A fail ping: closes the open run as failed and alerts at once, without grace or threshold. [D PINGS] */
export function onFail(state: RunningState, event: Fail, now: Instant, terms: Terms): Step {
  const ended = endedRun(state, event, now, terms)
  const { errorMessage, meta, logOutput } = event
  const told = {
    ...(errorMessage === undefined ? {} : { errorMessage }),
    ...(meta === undefined ? {} : { meta }),
  }
  const { durationMs } = ended.measured
  return {
    state: {
      status: 'failing',
      failingSince: state.status === 'failing' ? state.failingSince : now,
      lastPingAt: now,
      watch: ended.watch,
      openRun: null,
    },
    openedRun: null,
    closedRuns: [
      {
        status: 'failed',
        runId: ended.runId,
        monitorId: terms.monitorId,
        ...ended.measured,
        endedAt: now,
        ...told,
        ...(logOutput === undefined ? {} : { logOutput }),
      },
    ],
    alerts: [
      alertOf(
        {
          type: 'failure',
          details: {
            ...told,
            ...(logOutput ? { logSnippet: cutText(logOutput, LOG_SNIPPET_LENGTH) } : {}), // [D CHAN]
            ...(durationMs === undefined ? {} : { durationMs }),
          },
        },
        ended.runId,
        now,
        terms,
      ),
    ],
  }
}

interface EndedRun {
  readonly runId: RunId
  readonly measured: Measured
  readonly watch: Watch | null
}

function endedRun(state: RunningState, event: Success | Fail, now: Instant, terms: Terms): EndedRun {
  const watch = state.status === 'waiting' ? null : state.watch
  const openRun: OpenRun | null = state.status === 'waiting' ? null : state.openRun
  const ping = { type: event.type, endsOpenRun: openRun !== null }
  return {
    // An end without a start is a run of its own: nothing says when it began. [I]
    runId: openRun === null ? event.newRunId() : openRun.runId,
    measured: openRun === null ? {} : { startedAt: openRun.startedAt, durationMs: now - openRun.startedAt },
    watch: watchAfterPing(watch, ping, now, terms),
  }
}

function recovery(state: RunningState, runId: RunId, now: Instant, terms: Terms): readonly Alert[] {
  if (state.status !== 'failing' || !terms.recoveryAlerts) return []
  const { failingSince } = state
  const details = { outageMs: now - failingSince, failingFromAt: failingSince }
  return [alertOf({ type: 'recovery', details }, runId, now, terms)]
}

function silentFailure(event: Success, runId: RunId, now: Instant, terms: Terms): readonly Alert[] {
  const rules = matchedRules(terms.rules, event.meta)
  return rules.length === 0
    ? []
    : [alertOf({ type: 'silent_failure', details: { rules } }, runId, now, terms)]
}
