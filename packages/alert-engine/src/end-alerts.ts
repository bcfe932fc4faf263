import { cutText, LOG_SNIPPET_LENGTH } from '@crontify/protocol'
import type { AlertFacts } from './alert-facts.ts'
import { alertOf } from './alerts.ts'
import type { DurationMs, Instant } from './clock.ts'
import type { FailureRate } from './failure-rate.ts'
import type { Alert, MonitorEvent, RunId, SilentFailure } from './model.ts'
import type { Terms } from './terms.ts'

type Fail = Extract<MonitorEvent, { type: 'fail' }>
type SlowDetails = Extract<AlertFacts, { type: 'slow' }>['details']

/** At once, with what the job reported. [D PINGS, CHAN] */
export function failureAlert(
  event: Fail,
  durationMs: DurationMs | undefined,
  runId: RunId,
  now: Instant,
  terms: Terms,
): readonly Alert[] {
  const details = {
    ...causeOf(event),
    ...(event.meta === undefined ? {} : { meta: event.meta }),
    ...(durationMs === undefined ? {} : { durationMs }),
  }
  return [alertOf({ type: 'failure', details }, runId, now, terms)]
}

/** When the failure rate is passed. [I] */
export function rateAlert(
  rate: FailureRate,
  event: Fail,
  runId: RunId,
  now: Instant,
  terms: Terms,
): readonly Alert[] {
  const details = { ...rate, above: terms.failureRate?.above ?? 0, ...causeOf(event) }
  return [alertOf({ type: 'failure_rate', details }, runId, now, terms)]
}

/** With the length of the outage. [I] */
export function recoveryAlert(
  failingSince: Instant,
  runId: RunId,
  now: Instant,
  terms: Terms,
): readonly Alert[] {
  if (!terms.recoveryAlerts) return []
  const details = { outageMs: now - failingSince, failingFromAt: failingSince }
  return [alertOf({ type: 'recovery', details }, runId, now, terms)]
}

/** With how many successes in a row had matched a rule. [I] */
export function silentRecoveryAlert(
  { since, runs }: SilentFailure,
  runId: RunId,
  now: Instant,
  terms: Terms,
): readonly Alert[] {
  if (!terms.recoveryAlerts) return []
  const details = { outageMs: now - since, failingFromAt: since, silentRuns: runs }
  return [alertOf({ type: 'recovery', details }, runId, now, terms)]
}

/** One alert that names every rule that matched. [D RULES; that it is one, I] */
export function silentFailureAlert(
  rules: SilentFailure['rules'],
  runId: RunId,
  now: Instant,
  terms: Terms,
): readonly Alert[] {
  return rules.length === 0
    ? []
    : [alertOf({ type: 'silent_failure', details: { rules } }, runId, now, terms)]
}

/** The run stays a success. [D RUNS] */
export function slowAlert(details: SlowDetails, runId: RunId, now: Instant, terms: Terms): readonly Alert[] {
  return [alertOf({ type: 'slow', details }, runId, now, terms)]
}

function causeOf({ errorMessage, logOutput }: Fail): {
  readonly errorMessage?: string
  readonly logSnippet?: string
} {
  return {
    ...(errorMessage === undefined ? {} : { errorMessage }),
    ...(logOutput ? { logSnippet: cutText(logOutput, LOG_SNIPPET_LENGTH) } : {}), // [D CHAN]
  }
}
