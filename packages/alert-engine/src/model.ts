import type { Meta, Severity } from '@crontify/protocol'
import type { DurationMs, Instant } from './clock.ts'
import type { AlertFacts, MatchedRule } from './alert-facts.ts'

/** Names one run. The engine treats it as opaque. */
export type RunId = string

/** A run that was started and has neither ended nor been given up. */
export interface OpenRun {
  readonly runId: RunId
  readonly startedAt: Instant
  /**
   * From when the hung limit counts: the start of the first run since the last end, so that newer starts do not hide that nothing
   * ends, or a later resume of the monitor.
   */
  readonly watchedFrom: Instant
}

/** A run that was given up as hung. Its end may still come. */
export interface HungRun {
  readonly runId: RunId
  readonly startedAt: Instant
  /** Whether its alert was sent: then further runs that hang alert only after an end. */
  readonly notified: boolean
}

/** Successes in a row whose metadata matched a rule. */
export interface SilentFailure {
  /** The rules that the last of them matched. */
  readonly rules: readonly MatchedRule[]
  /** When the first of them ended. */
  readonly since: Instant
  readonly runs: number
  /** Whether an alert about them was sent: then their end alerts, too. */
  readonly notified: boolean
}

/** What an outage began with. */
export interface OutageCause {
  readonly type: 'failure' | 'missed' | 'hung' | 'failure_rate'
  readonly at: Instant
  readonly runId: RunId
  /** The message of its first alert. */
  readonly message: string
}

/** The ping that a monitor waits for. */
export interface Watch {
  /** When the awaited run should begin. */
  readonly expectedAt: Instant
  /** What happened to this silence's alert, until a ping ends the silence: one silence, one alert. */
  readonly notified: Notified
}

/** What happened to an alert that is due once: one that was suppressed is due again when the cooldown is over. */
export type Notified = 'no' | 'suppressed' | 'sent'

/** What is remembered of past runs and alerts, bounded by the monitor's windows. */
export interface Memory {
  /** Durations of the last successes, oldest first. */
  readonly durations: readonly DurationMs[]
  /** Of each of the last runs, oldest first: 1 for a failed one. */
  readonly failures: readonly (0 | 1)[]
  /** What became of the failure rate's alert, until the rate is in bounds again. */
  readonly rateNotified: Notified
  /** For each type of alert that has a cooldown running, or had: from when. */
  readonly cooldownsFrom: Readonly<Record<string, Instant>>
}

interface Pinged {
  readonly lastPingAt: Instant
  /** `null` where no ping is expected: no schedule, none left, or not yet armed. */
  readonly watch: Watch | null
  readonly openRun: OpenRun | null
  /** Until an end comes. */
  readonly hungRun: HungRun | null
  readonly silent: SilentFailure | null
  readonly memory: Memory
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
  readonly cause: OutageCause
  /** Failed, missed and hung runs since then. */
  readonly failedRuns: number
  /** Whether an alert about this outage was sent: then its end alerts, too. */
  readonly notified: boolean
}

/** A monitor that nobody has paused. */
export type RunningState = { readonly status: 'waiting' } | ActiveState | FailingState

/** All that the engine remembers of one monitor. Plain data: it may be stored and read back as JSON. */
export type MonitorState = RunningState | PausedState

/** A muted monitor. Pings go on changing what it will resume as. */
export interface PausedState {
  readonly status: 'paused'
  readonly resumesAs: RunningState
  /** It resumes by itself at this instant; absent if only a resume ends the pause. */
  readonly until?: Instant
  readonly reason?: string
}

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
  /** Pausing again replaces the end and the reason. */
  | { readonly type: 'pause'; readonly until?: Instant; readonly reason?: string }
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
  | (Closed &
      Measured & {
        readonly status: 'success'
        readonly endedAt: Instant
        readonly meta?: Meta
        /** It took far longer than is usual, and is a success all the same. [D RUNS] */
        readonly isDurationAnomaly?: true
      })
  | (Closed &
      Measured & {
        readonly status: 'failed'
        readonly endedAt: Instant
        readonly meta?: Meta
        readonly errorMessage?: string
        readonly logOutput?: string
      })
  /** Given up by a sweep. It may still work. */
  | (Closed & { readonly status: 'hung'; readonly startedAt: Instant; readonly endedAt: Instant })
  /** Given up because another start came. */
  | (Closed & { readonly status: 'overlapped'; readonly startedAt: Instant; readonly endedAt: Instant })
  /** Never began: the record of a slot without a ping. */
  | (Closed & { readonly status: 'missed'; readonly expectedAt: Instant })

/** Why an alert is recorded and not sent. */
export type Suppression =
  /** One of its type was sent shortly before. */
  | { readonly reason: 'cooldown'; readonly untilAt: Instant }
  /** A recovery from an outage of which every alert was suppressed. */
  | { readonly reason: 'outageNotNotified' }

/** A fact that people should be notified of. */
export type Alert = Exclude<AlertFacts, { readonly type: 'test' }> & {
  readonly severity: Severity
  readonly monitorId: string
  /** The run that this alert is about: closed in the same step, or opened by it where a start ends an outage. */
  readonly runId: RunId
  /** When it was found out. */
  readonly at: Instant
  /** For a person: which job, what happened, since when. */
  readonly message: string
  /** Present on an alert that no channel gets. */
  readonly suppressed?: Suppression
}

/** An alert that a person asked for, to see that a channel works. It is about no monitor. */
export type TestAlert = Extract<AlertFacts, { readonly type: 'test' }> & {
  readonly severity: Severity
  readonly at: Instant
  readonly message: string
}

/** What an event made true, for the shell to record and deliver. */
export interface Step {
  readonly state: MonitorState
  readonly openedRun: OpenedRun | null
  /** Oldest first. A run that hung is closed again by its late end. */
  readonly closedRuns: readonly ClosedRun[]
  /** Slots that came up while a run was open and within its limit: the scheduler skipped them. At most 1,000. */
  readonly skippedSlots: readonly Instant[]
  /** In the order in which to send them. */
  readonly alerts: readonly Alert[]
}

/** Nothing remembered yet. */
export const NO_MEMORY: Memory = Object.freeze({
  durations: Object.freeze([]),
  failures: Object.freeze([]),
  rateNotified: 'no',
  cooldownsFrom: Object.freeze({}),
})

/** The facts of a monitor before its first ping. */
export const NEVER_PINGED: Pick<Pinged, 'watch' | 'openRun' | 'hungRun' | 'silent' | 'memory'> =
  Object.freeze({
    watch: null,
    openRun: null,
    hungRun: null,
    silent: null,
    memory: NO_MEMORY,
  })

/** A monitor before its first ping. */
export const WAITING: MonitorState = Object.freeze({ status: 'waiting' })
