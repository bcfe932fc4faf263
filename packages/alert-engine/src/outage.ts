import type { Instant } from './clock.ts'
import type { Alert, ClosedRun, FailingState, OutageCause, RunningState } from './model.ts'

/** What an event adds to an outage. */
export interface OutageNews {
  readonly type: OutageCause['type']
  readonly alerts: readonly Alert[]
  readonly failedRuns: number
  /** The run that it is about. */
  readonly run: ClosedRun | undefined
}

/** The outage that a monitor is in after an event that shows one: the same as before, or a new one. */
export function outageOf(
  state: RunningState,
  { type, alerts, failedRuns, run }: OutageNews,
  now: Instant,
): Pick<FailingState, 'failingSince' | 'cause' | 'failedRuns'> {
  if (state.status === 'failing') {
    const { failingSince, cause } = state
    return { failingSince, cause, failedRuns: state.failedRuns + failedRuns }
  }
  const alert = alerts.find((raised) => raised.type === type)
  const cause = { type, at: now, runId: alert?.runId ?? run?.runId ?? '', message: alert?.message ?? '' }
  return { failingSince: now, cause, failedRuns }
}
