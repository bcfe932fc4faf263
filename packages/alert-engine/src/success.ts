import type { DurationMs, Instant } from './clock.ts'
import { dispatch } from './cooldown.ts'
import { recoveryAlert, silentFailureAlert, silentRecoveryAlert, slowAlert } from './end-alerts.ts'
import { type EndedRun, endedRun } from './ended-run.ts'
import { excessiveRate, withRun } from './failure-rate.ts'
import {
  type Alert,
  type ClosedRun,
  type Memory,
  type MonitorEvent,
  NEVER_PINGED,
  type RunningState,
  type SilentFailure,
  type Step,
} from './model.ts'
import { matchedRules } from './silent-failure.ts'
import { findSlow, withDuration } from './slow.ts'
import type { Terms } from './terms.ts'

const NONE: readonly [] = Object.freeze([])

type Success = Extract<MonitorEvent, { type: 'success' }>

/**
 * A success ping: closes the run, ends an outage, looks at metadata and duration. [D PINGS, RULES]
 *
 * While the failure rate is too high, a single success does not end the outage that the rate has begun. [I]
 */
export function onSuccess(state: RunningState, event: Success, now: Instant, terms: Terms): Step {
  const facts = state.status === 'waiting' ? NEVER_PINGED : state
  const run = endedRun(state, event, now, terms)
  const { runId, measured } = run
  const slow = findSlow(facts.memory, measured.durationMs, terms)
  const remembered = withSuccess(facts.memory, measured.durationMs, terms)
  const recovers = state.status === 'failing' && endsOutage(run, state.failingSince, remembered, terms)
  const rules = matchedRules(terms.rules, event.meta)
  const wasSilent = facts.silent !== null && rules.length === 0 ? facts.silent : null

  const isQuiet = !recovers && wasSilent === null && rules.length === 0 && slow === null
  const raised: readonly Alert[] = isQuiet
    ? NONE
    : [
        ...(recovers ? recoveryAlert(state.failingSince, runId, now, terms) : []),
        // One recovery is enough.
        ...(wasSilent !== null && !recovers ? silentRecoveryAlert(wasSilent, runId, now, terms) : []),
        ...silentFailureAlert(rules, runId, now, terms),
        // A late end is slow, and that it hung was alerted already. [I]
        ...(slow === null || run.isLate ? [] : slowAlert(slow, runId, now, terms)),
      ]
  const wasNotified = recovers ? state.notified : wasSilent?.notified === true
  const { alerts, memory } = dispatch(raised, remembered, wasNotified, now, terms)
  const silent = silentAfter(facts.silent, rules, alerts, now)
  const { watch } = run
  return {
    state:
      state.status === 'failing' && !recovers
        ? { ...state, lastPingAt: now, watch, openRun: null, hungRun: null, silent, memory }
        : { status: 'active', lastPingAt: now, watch, openRun: null, hungRun: null, silent, memory },
    openedRun: null,
    closedRuns: [succeededRun(event, run, slow !== null, now, terms)],
    skippedSlots: run.skippedSlots,
    alerts,
  }
}

function succeededRun(
  { meta }: Success,
  { runId, measured }: EndedRun,
  isSlow: boolean,
  now: Instant,
  { monitorId }: Terms,
): ClosedRun {
  const { startedAt, durationMs } = measured
  // Written out: most runs have neither, and to spread nothing takes longer than all the rest of an event.
  const run: ClosedRun =
    startedAt === undefined
      ? { status: 'success', runId, monitorId, endedAt: now }
      : { status: 'success', runId, monitorId, startedAt, durationMs, endedAt: now }
  if (meta === undefined && !isSlow) return run
  return {
    ...run,
    ...(meta === undefined ? {} : { meta }),
    ...(isSlow ? { isDurationAnomaly: true as const } : {}),
  }
}

/**
 * Whether what the outage was about has run: in a run that started since, in one without a start, or in the late end of the one that
 * hung. [I]
 */
function endsOutage(run: EndedRun, failingSince: Instant, memory: Memory, terms: Terms): boolean {
  if (terms.failureRate !== null && memory.rateNotified !== 'no') return false
  if (terms.semantics.missedBy === 'silence' || run.isLate || run.startedAt === undefined) return true
  return run.startedAt >= failingSince
}

function silentAfter(
  before: SilentFailure | null,
  rules: SilentFailure['rules'],
  alerts: readonly Alert[],
  now: Instant,
): SilentFailure | null {
  if (rules.length === 0) return null
  const wasSent = alerts.some(({ type, suppressed }) => type === 'silent_failure' && suppressed === undefined)
  return {
    rules,
    since: before?.since ?? now,
    runs: (before?.runs ?? 0) + 1,
    notified: wasSent || before?.notified === true,
  }
}

function withSuccess(memory: Memory, durationMs: DurationMs | undefined, terms: Terms): Memory {
  const { slow, failureRate } = terms
  // A slow run counts, so that a job that stays slow becomes the usual. [I]
  const counts = slow !== null && durationMs !== undefined
  if (!counts && failureRate === null) return memory
  const failures = failureRate === null ? memory.failures : withRun(memory.failures, 0, failureRate)
  const isBack = failureRate !== null && excessiveRate(failures, failureRate) === null
  return {
    durations: counts ? withDuration(memory.durations, durationMs, slow) : memory.durations,
    failures,
    rateNotified: isBack ? 'no' : memory.rateNotified,
    cooldownsFrom: memory.cooldownsFrom,
  }
}
