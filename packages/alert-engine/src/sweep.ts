import type { Instant } from './clock.ts'
import { dispatch, notifiesOfOutage } from './cooldown.ts'
import { type FoundHung, findHung, hungFromAt } from './hung.ts'
import { findMissed, type MissedSlots } from './missed.ts'
import type {
  ActiveState,
  Alert,
  FailingState,
  HungRun,
  MonitorEvent,
  RunningState,
  Step,
  Watch,
} from './model.ts'
import { outageOf } from './outage.ts'
import { slotsBefore } from './skipped-slots.ts'
import type { Terms } from './terms.ts'

const NONE: readonly [] = Object.freeze([])

/**
 * The periodic look at one monitor. What it finds is dated by the sweep, not by the moment it became true: the
 * modelled service knows nothing earlier. [D MON]
 */
export function onSweep(
  state: RunningState,
  event: Extract<MonitorEvent, { type: 'sweep' }>,
  now: Instant,
  terms: Terms,
): Step {
  if (state.status === 'waiting') return nothingFound(state)
  const hung = findHung(state, now, terms)
  const given = hung === null ? state : withoutRun(state, terms)
  const isRunning = given.openRun !== null && terms.semantics.missedBy === 'schedule'
  const missed = isRunning ? null : findMissed(given, now, event.newRunId, terms)
  if (hung === null && missed === null) return nothingFound(state)
  return found({ state, watch: given.watch, hung, missed }, now, terms)
}

interface Found {
  readonly state: ActiveState | FailingState
  readonly watch: Watch | null
  readonly hung: FoundHung | null
  readonly missed: MissedSlots | null
}

function found({ state, watch, hung, missed }: Found, now: Instant, terms: Terms): Step {
  const raised = [hung?.alert, missed?.alert].filter((alert) => alert !== undefined && alert !== null)
  const wasNotified = state.status === 'failing' && state.notified
  const { alerts, memory } = dispatch(raised, state.memory, wasNotified, now, terms)
  const failedRuns = (hung === null ? 0 : 1) + (missed?.slotsMissed ?? 0)
  const closedRuns = [...(hung === null ? [] : [hung.run]), ...(missed === null ? [] : missed.runs)]
  return {
    state: {
      status: 'failing',
      ...outageOf(
        state,
        { alerts, failedRuns, type: hung === null ? 'missed' : 'hung', run: closedRuns[0] },
        now,
      ),
      notified: wasNotified || notifiesOfOutage(alerts),
      lastPingAt: state.lastPingAt,
      watch: missed === null ? watch : watchAfterAlert(missed.watch, alerts),
      openRun: hung === null ? state.openRun : null,
      hungRun: hung === null ? state.hungRun : hungRunOf(hung, state.hungRun, alerts),
      silent: state.silent,
      memory,
    },
    openedRun: null,
    closedRuns,
    skippedSlots:
      hung === null || state.openRun === null
        ? NONE
        : slotsBefore(state.watch, hungFromAt(state.openRun, terms), terms),
    alerts,
  }
}

/** The state once its run is given up: slots are expected again from then on. */
function withoutRun<State extends ActiveState | FailingState>(state: State, terms: Terms): State {
  const { openRun, watch } = state
  if (openRun === null || watch === null || terms.semantics.missedBy === 'silence')
    return { ...state, openRun: null }
  const next = terms.nextExpectedAfter(hungFromAt(openRun, terms) - 1)
  const expectedAt = next === null ? null : Math.max(next, watch.expectedAt)
  return { ...state, openRun: null, watch: expectedAt === null ? null : { ...watch, expectedAt } }
}

function hungRunOf({ hungRun }: FoundHung, before: HungRun | null, alerts: readonly Alert[]): HungRun {
  const wasSent = alerts.some(({ type, suppressed }) => type === 'hung' && suppressed === undefined)
  return { ...hungRun, notified: wasSent || before?.notified === true }
}

/** What is awaited next, with what became of the alert about this silence. */
function watchAfterAlert(watch: Watch | null, alerts: readonly Alert[]): Watch | null {
  const alert = alerts.find(({ type }) => type === 'missed')
  if (watch === null || alert === undefined) return watch
  return { ...watch, notified: alert.suppressed === undefined ? 'sent' : 'suppressed' }
}

function nothingFound(state: RunningState): Step {
  return { state, openedRun: null, closedRuns: NONE, skippedSlots: NONE, alerts: NONE }
}
