import type { Meta, Severity } from '@crontify/protocol'
import type { DurationMs, Instant } from './clock.ts'
import type { AlertFacts } from './alert-facts.ts'

/** Names one run. The engine treats it as opaque. */
export type RunId = string

/** A run that was started and has neither ended nor been given up. */
export interface OpenRun {
  readonly runId: RunId
  readonly startedAt: Instant
  /** From when its duration counts against the hung limit: its start, or a later resume of the monitor. */
  readonly watchedFrom: Instant
}

/** The ping that a monitor waits for. */
export interface Watch {
  /** When the awaited run should begin. */
  readonly awaitedAt: Instant
  /** True from the missed alert on until a ping ends the silence: one silence, one alert. */
  readonly alerted: boolean
}

interface Pinged {
  readonly lastPingAt: Instant
  /** `null` where no ping is expected: no schedule, none left, or not yet armed. */
  readonly watch: Watch | null
  readonly openRun: OpenRun | null
}

/** A monitor that has been pinged and works as expected. */
export interface ActiveState extends Pinged {
  readonly status: 'active'
}

/** A monitor of which a missed, hung or failed run was the last word. */
export interface FailingState extends Pinged {
  readonly status: 'failing'
  /** When it stopped being active. */
  readonly failingSince: Instant
}

/** A monitor that nobody has paused. */
export type RunningState = { readonly status: 'waiting' } | ActiveState | FailingState

/** All that the engine remembers of one monitor. Plain data: it may be stored and read back as JSON. */
export type MonitorState =
  | RunningState
  /** Muted by hand. Pings go on changing what it will resume as. */
  | { readonly status: 'paused'; readonly resumesAs: RunningState }

/**
 * What can happen to a monitor.
 *
 * `newRunId` gives the id for a run that this event creates. It is called once for each such run and not
 * otherwise, so the engine makes no ids of its own: replaying events with the same ids gives the same steps.
 */
export type MonitorEvent =
  | { readonly type: 'start'; readonly newRunId: () => RunId }
  | { readonly type: 'success'; readonly newRunId: () => RunId; readonly meta?: Meta }
  | {
      readonly type: 'fail'
      readonly newRunId: () => RunId
      readonly errorMessage?: string
      readonly meta?: Meta
      readonly logOutput?: string
    }
  /** The periodic look for missed and hung runs: time reaches the engine as an event. */
  | { readonly type: 'sweep'; readonly newRunId: () => RunId }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }

/** A run that has just begun. */
export interface OpenedRun {
  readonly status: 'running'
  readonly runId: RunId
  readonly monitorId: string
  readonly startedAt: Instant
}

/** Start and duration are known together, or not at all: an end without a start has neither. [I] */
export type Measured =
  | { readonly startedAt: Instant; readonly durationMs: DurationMs }
  | { readonly startedAt?: never; readonly durationMs?: never }

interface Closed {
  readonly runId: RunId
  readonly monitorId: string
}

/** A run whose story is over. */
export type ClosedRun =
  | (Closed & Measured & { readonly status: 'success'; readonly endedAt: Instant; readonly meta?: Meta })
  | (Closed &
      Measured & {
        readonly status: 'failed'
        readonly endedAt: Instant
        readonly meta?: Meta
        readonly errorMessage?: string
        readonly logOutput?: string
      })
  /** Given up by a sweep; whether it still works nobody knows. */
  | (Closed & { readonly status: 'hung'; readonly startedAt: Instant; readonly endedAt: Instant })
  /** Given up because another start came. */
  | (Closed & { readonly status: 'overlapped'; readonly startedAt: Instant; readonly endedAt: Instant })
  /** Never began: the record of a slot without a ping. */
  | (Closed & { readonly status: 'missed'; readonly expectedAt: Instant })

/** The fact that somebody must be told. */
export type Alert = AlertFacts & {
  readonly severity: Severity
  readonly monitorId: string
  /** The run that this alert is about; it was closed in the same step. */
  readonly runId: RunId
  /** When it was found out. */
  readonly at: Instant
  /** For a person: which job, what happened, since when. */
  readonly message: string
}

/** What an event made true, for the shell to record and deliver. */
export interface Step {
  readonly state: MonitorState
  readonly openedRun: OpenedRun | null
  /** Oldest first. */
  readonly closedRuns: readonly ClosedRun[]
  /** In the order in which they should be told. */
  readonly alerts: readonly Alert[]
}

/** A monitor before its first ping. */
export const WAITING: MonitorState = Object.freeze({ status: 'waiting' })
