import {
  type Alert,
  type ClosedRun,
  type MonitorEvent,
  type MonitorState,
  type OpenedRun,
  type Semantics,
  scheduleAware,
  termsOf,
  transition,
  WAITING,
} from '@crontify/alert-engine'
import type { Meta, MonitorDefinition } from '@crontify/protocol'

/** A monitor's events, one after the other: `scenario({ … }).at('…').start().at('…').sweep()`. */
export interface Scenario {
  /** Moves to an instant; nothing happens on the way. */
  at(instant: string): Scenario
  start(): Scenario
  success(meta?: Meta): Scenario
  fail(fields?: {
    readonly errorMessage?: string
    readonly meta?: Meta
    readonly logOutput?: string
  }): Scenario
  sweep(): Scenario
  /** Moves to an instant, with a sweep at each minute after the present one, and one at the end. */
  sweepUntil(instant: string): Scenario
  pause(until?: string): Scenario
  resume(): Scenario
  readonly state: MonitorState
  readonly alerts: readonly Alert[]
  readonly opened: readonly OpenedRun[]
  readonly runs: readonly ClosedRun[]
  readonly skippedSlots: readonly number[]
}

const SWEEP_EVERY_MS = 60_000

/** Begins a story on 2026-01-05, a Monday, at midnight UTC, with ids `run-1`, `run-2`, … */
export function scenario(
  settings: Omit<MonitorDefinition, 'id'> = {},
  semantics: Semantics = scheduleAware,
): Scenario {
  const terms = termsOf({ id: 'job', ...settings }, semantics)
  let now = instantOf('2026-01-05T00:00:00Z')
  let state = WAITING
  let ids = 0
  const alerts: Alert[] = []
  const opened: OpenedRun[] = []
  const runs: ClosedRun[] = []
  const skippedSlots: number[] = []
  const newRunId = (): string => `run-${(ids += 1)}`

  function take(event: MonitorEvent): Scenario {
    const step = transition(state, event, now, terms)
    state = step.state
    alerts.push(...step.alerts)
    runs.push(...step.closedRuns)
    skippedSlots.push(...step.skippedSlots)
    if (step.openedRun !== null) opened.push(step.openedRun)
    return story
  }

  const story: Scenario = {
    at(instant) {
      now = instantOf(instant)
      return story
    },
    start: () => take({ type: 'start', newRunId }),
    success: (meta) => take({ type: 'success', newRunId, ...(meta === undefined ? {} : { meta }) }),
    fail: (fields) => take({ type: 'fail', newRunId, ...fields }),
    sweep: () => take({ type: 'sweep', newRunId }),
    sweepUntil(instant) {
      const until = instantOf(instant)
      for (now += SWEEP_EVERY_MS; now < until; now += SWEEP_EVERY_MS) story.sweep()
      now = until
      return story.sweep()
    },
    pause: (until) => take({ type: 'pause', ...(until === undefined ? {} : { until: instantOf(until) }) }),
    resume: () => take({ type: 'resume' }),
    get state() {
      return state
    },
    alerts,
    opened,
    runs,
    skippedSlots,
  }
  return story
}

/** Milliseconds of an ISO text; throws where it is none. */
export function instantOf(text: string): number {
  const instant = Date.parse(text)
  if (Number.isNaN(instant)) throw new RangeError(`${text} is not an instant`)
  return instant
}
