import type {
  AlertType,
  ChannelDefinition,
  Meta,
  MonitorDefinition,
  MonitorStatus,
  PingKind,
  RunStatus,
  Severity,
} from '@crontify/protocol'
import type { MatchedRule } from '@crontify/alert-engine'
import type { Notification } from './channels/notification.ts'
import type { JournalAct, JournalRequest } from './journal/journal-entry.ts'
import type { IsoInstant } from './time-texts.ts'

/** How many of the oldest records were forgotten to bound memory. */
export interface Dropped {
  readonly pings: number
  readonly runs: number
  readonly alerts: number
  readonly requests: number
  readonly notifications: number
}

/** A fact that people should be notified of. */
export interface MockAlert {
  readonly type: AlertType
  readonly severity: Severity
  readonly monitorId: string
  /** The run that it is about. */
  readonly runId?: string
  /** When it was found out: for missed and hung runs the sweep that found them. */
  readonly at: IsoInstant
  /** For a person: which job, what happened, since when. */
  readonly message: string
  /** Present on an alert that is recorded only: no channel gets it. */
  readonly suppressed?: MockSuppression
  /** The facts, by type of alert; names ending in `At` are instants, in `Ms` spans. */
  readonly details: Readonly<Record<string, unknown>>
}

/** Why an alert is recorded and not sent. */
export type MockSuppression =
  /** One of its type was sent shortly before. */
  | { readonly reason: 'cooldown'; readonly untilAt: IsoInstant }
  /** A recovery from an outage of which every alert was suppressed. */
  | { readonly reason: 'outageNotNotified' }

/** One run, as it stands now. */
export interface MockRun {
  readonly runId: string
  readonly monitorId: string
  readonly status: RunStatus
  readonly startedAt?: IsoInstant
  readonly endedAt?: IsoInstant
  /** From start to success or fail; absent where no start came. */
  readonly durationMs?: number
  /** When a missed run should have begun. */
  readonly expectedAt?: IsoInstant
  readonly meta?: Meta
  readonly errorMessage?: string
  /** Present on a success that took far longer than is usual. [D RUNS] */
  readonly isDurationAnomaly?: true
  /** Present on a success whose metadata matched a rule. */
  readonly hasMatchedRule?: true
}

/** One ping that was accepted. */
export interface MockPing {
  readonly monitorId: string
  readonly kind: PingKind
  readonly at: IsoInstant
  /** The run that it opened or closed. */
  readonly runId: string
  readonly meta?: Meta
  readonly errorMessage?: string
  /** The log of a fail ping, as long as its run is kept. */
  readonly logOutput?: string
}

/** One monitor, as it stands now. */
export interface MockMonitor {
  readonly id: string
  readonly name: string
  readonly status: MonitorStatus
  readonly lastPingAt?: IsoInstant
  /** The run that is awaited; absent where none is: never pinged, paused, no schedule. */
  readonly nextExpectedAt?: IsoInstant
  /** Since when it has been failing. */
  readonly failingSince?: IsoInstant
  /** Present while it is failing: what the outage began with, and how many runs have failed, hung or were missed since. */
  readonly outage?: MockOutage
  /** Present while its last successful run matched a rule. */
  readonly silentFailure?: MockSilentFailure
  readonly openRunId?: string
  /** Present while it is paused: when it resumes by itself, if it does, and why it is paused, if that was given. */
  readonly pause?: { readonly until?: IsoInstant; readonly reason?: string }
  readonly definition: MonitorDefinition
}

/** An outage, from its first alert on. */
export interface MockOutage {
  readonly since: IsoInstant
  /** The type of its first alert: `failure`, `missed`, `hung` or `failure_rate`. */
  readonly type: AlertType
  /** The run that it began with. */
  readonly runId: string
  /** The message of its first alert. */
  readonly message: string
  /** Runs in a row that failed, hung or were missed. */
  readonly runs: number
}

/** Successes in a row that did not do their work. */
export interface MockSilentFailure {
  readonly since: IsoInstant
  readonly runs: number
  /** The rules that the last run matched, each with the value that matched. */
  readonly rules: readonly MatchedRule[]
}

/** A channel as it is handed out: where it leads is a secret. */
export type MockChannel = Pick<ChannelDefinition, 'id' | 'kind' | 'name' | 'minimumSeverity'>

/** What a listener is told, at the moment it happens. */
export type MockEvent =
  | { readonly type: 'ping'; readonly ping: MockPing }
  /** A slot came up while a run was open and within its limit, so nothing was missed. */
  | { readonly type: 'skipped'; readonly monitorId: string; readonly expectedAt: IsoInstant }
  /** A pause that had an end is over. */
  | { readonly type: 'pauseEnded'; readonly monitorId: string; readonly at: IsoInstant }
  /** A run was opened or closed. A run that hung is closed again by its late end. */
  | { readonly type: 'run'; readonly run: MockRun }
  /** `isSummarized`: after downtime of this server, one notification per channel lists this alert and others. */
  | { readonly type: 'alert'; readonly alert: MockAlert; readonly isSummarized?: true }
  /** A channel got an alert. */
  | { readonly type: 'notification'; readonly notification: Notification }
  /** A request was refused, or its answer spoilt. */
  | { readonly type: 'request'; readonly request: JournalRequest }
  /** A person did something to a monitor. */
  | { readonly type: 'act'; readonly act: JournalAct }
