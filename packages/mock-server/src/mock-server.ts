import type { Semantics } from '@crontify/alert-engine'
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
import type { Faults } from './faults/fault.ts'
import type { Fetch } from './http/in-process-fetch.ts'
import type { Plan } from './plan.ts'
import type { Notification } from './channels/notification.ts'
import type { Journal, JournalAct, JournalRequest } from './journal/journal-entry.ts'
import type { Duration, IsoInstant } from './time-texts.ts'

/** Settings of {@link createMockServer}; every one may be left out. */
export interface MockServerOptions {
  /** The monitors that can be pinged. @default none */
  readonly monitors?: readonly MonitorDefinition[]
  /** Where alerts are sent; monitors name them by id. @default none */
  readonly channels?: readonly ChannelDefinition[]
  /**
   * Whether notifications are really posted to the addresses of Slack, Discord and webhook channels: up to four times,
   * with waits of 1, 5 and 25 seconds of the server's clock. Mail and PagerDuty always stay in the outbox.
   * @default false
   */
  readonly deliver?: boolean
  /**
   * What the account has paid for: `free` refuses a sixth monitor, Slack and Discord need `standard`, webhooks `pro`.
   * @default 'unlimited'
   */
  readonly plan?: Plan
  /** Pings that a key may send in any 60 seconds of the server's clock; `Infinity` for no limit. @default 120 [D KEYS] */
  readonly rateLimitPerMinute?: number
  /**
   * Whether `Idempotency-Key`, `X-Client-Run-Id` and `X-Occurred-At` have a meaning. The service documents none of
   * them, so without this they are ignored. @default false
   */
  readonly extensions?: boolean
  /** Keys that are let in, at least one. @default one generated key, found under `apiKey` */
  readonly apiKeys?: readonly string[]
  /**
   * `system` follows the machine; `virtual` stands still until {@link MockServer.advance} moves it.
   * @default 'system'
   */
  readonly clock?: 'system' | 'virtual'
  /**
   * Where a virtual clock starts: ISO-8601 with a time zone. Refused together with the system clock.
   * @default '2026-01-05T00:00:00.000Z', a Monday
   */
  readonly startAt?: IsoInstant
  /**
   * How alerts come about: by name, or a value of one's own.
   * @default 'scheduleAware'
   */
  readonly semantics?: 'scheduleAware' | 'documentedLiteral' | Semantics
  /** TCP port, 0 to 65,535; 0 takes a free one. @default 0 */
  readonly port?: number
  /** Loopback only: `127.0.0.1`, `localhost` or `::1`. @default '127.0.0.1' */
  readonly host?: string
  /**
   * A file that keeps monitors' states, runs with logs, alerts, pings, changed definitions and the time, so that a server
   * that is started again with it goes on where this one ended, also after SIGKILL. One server at a time. Its directory must
   * exist. Faults, journal and notifications are not kept. @default nothing is kept
   */
  readonly dataFile?: string
  /** Told of what is wrong and does not stop the server, such as a damaged data file. @default a warning of the process */
  readonly onWarning?: (message: string) => void
  /** How much is remembered; the oldest goes first, and what went is counted in {@link MockServer.dropped}. */
  readonly keep?: Partial<Kept>
  /** Makes ids for runs and for the generated key: a new text of letters and digits at each call. */
  readonly newId?: () => string
}

/** How many records are remembered; whole numbers of at least 1. */
export interface Kept {
  /** Accepted pings, of all monitors. @default 10_000 */
  readonly pings: number
  /** Runs of one monitor. @default 1_000 */
  readonly runsPerMonitor: number
  /** Alerts, of all monitors. @default 10_000 */
  readonly alerts: number
  /** Entries of the journal: requests of all kinds. @default 10_000 */
  readonly requests: number
  /** Notifications, of all channels. @default 1_000 */
  readonly notifications: number
}

/** How many of the oldest records were forgotten to bound memory. */
export interface Dropped {
  readonly pings: number
  readonly runs: number
  readonly alerts: number
  readonly requests: number
  readonly notifications: number
}

/** The fact that somebody must be told. */
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
  | { readonly reason: 'outageNotTold' }

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
  readonly openRunId?: string
  readonly definition: MonitorDefinition
}

/** A channel as it is handed out: where it leads is a secret. */
export type MockChannel = Pick<ChannelDefinition, 'id' | 'kind' | 'name' | 'minimumSeverity'>

/** What a listener is told, at the moment it happens. */
export type MockEvent =
  | { readonly type: 'ping'; readonly ping: MockPing }
  /** A run was opened or closed. */
  | { readonly type: 'run'; readonly run: MockRun }
  | { readonly type: 'alert'; readonly alert: MockAlert }
  /** A channel got an alert. */
  | { readonly type: 'notification'; readonly notification: Notification }
  /** A request was refused, or its answer spoilt. */
  | { readonly type: 'request'; readonly request: JournalRequest }
  /** A person did something to a monitor. */
  | { readonly type: 'act'; readonly act: JournalAct }

/** A local Crontify. What its methods hand out is plain, frozen data. */
export interface MockServer {
  /** For the SDK's `baseUrl`: `http://127.0.0.1:PORT`, without `/api/v1`. */
  readonly url: string
  /** The first of its API keys. */
  readonly apiKey: string
  /**
   * Lets requests to the control API in, as `Authorization: Bearer …`: made anew at each start. The API lies under
   * `/__control/` and is described at `/__control/openapi.json`. It exists on the mock only.
   */
  readonly controlToken: string
  /**
   * Takes a request in process, whatever its host: for clients that can be given a `fetch`. Needs no `this`.
   *
   * @throws {TypeError} (as a rejection) where a fault breaks the connection, and after `close`, as fetch does.
   */
  readonly fetch: Fetch
  /**
   * Moves the virtual clock, through every sweep on the way. Calls made at the same time add up.
   *
   * Pings that are still under way when it is called may arrive before, in between or after: await them first.
   *
   * @throws {RangeError} (as a rejection) for a span that cannot be read or is negative.
   * @throws {Error} (as a rejection) on a system clock, and after `close`.
   * @example
   * await server.advance('26h')
   */
  advance(duration: Duration): Promise<void>
  now(): IsoInstant
  /**
   * Alerts of one monitor, or of all, oldest first.
   * @throws {RangeError} for an unknown monitor, naming the known ones.
   */
  alerts(monitorId?: string): readonly MockAlert[]
  /**
   * Runs of one monitor in the order in which they became known; each stands as it is now.
   * @throws {RangeError} for an unknown monitor, naming the known ones.
   */
  runs(monitorId: string): readonly MockRun[]
  /** Accepted pings of all monitors, oldest first. */
  pings(): readonly MockPing[]
  /**
   * Adds a monitor, or gives the one with its id another definition. What is known of it stays; where its schedule,
   * interval or time zone is another one, what is awaited is reckoned anew from now.
   *
   * @throws {RangeError} naming every problem; then nothing has changed.
   */
  define(definition: MonitorDefinition): void
  /**
   * Removes a monitor with its runs; its pings and alerts stay in the record.
   * @throws {RangeError} for an unknown monitor, naming the known ones.
   */
  remove(id: string): void
  /**
   * Adds a channel, or gives the one with its id another definition.
   * @throws {RangeError} naming every problem; then nothing has changed.
   */
  defineChannel(definition: ChannelDefinition): void
  /**
   * Removes a channel.
   * @throws {RangeError} where there is none with this id, or a monitor names it; then nothing has changed.
   */
  removeChannel(id: string): void
  /**
   * Replaces all monitors, all channels, or both, as after a change of a configuration file. Those that stay keep their
   * runs, and those that are the same are not touched.
   *
   * @throws {RangeError} naming every problem; then nothing has changed.
   */
  replaceAll(definitions: {
    readonly monitors?: readonly MonitorDefinition[]
    readonly channels?: readonly ChannelDefinition[]
  }): void
  /** @throws {RangeError} for an unknown monitor, naming the known ones. */
  monitor(id: string): MockMonitor
  /** In the order in which they were given. */
  monitors(): readonly MockMonitor[]
  /** Where alerts can be sent, in the order in which they were given; without their addresses and keys. */
  channels(): readonly MockChannel[]
  /**
   * The story of a monitor, line by line: what it waits for, what came, what followed and why, what comes next.
   * @throws {RangeError} for an unknown monitor, naming the known ones.
   */
  explain(monitorId: string): string
  /** What channels got, or would have got, oldest first: of one channel, or of all. */
  notifications(channelId?: string): readonly Notification[]
  /**
   * Sends a test alert to a channel, whatever its `minimumSeverity`. It is a notification, and not among the alerts.
   * @throws {RangeError} for an unknown channel, naming the known ones.
   */
  sendTestAlert(channelId: string): Notification
  /** With `deliver`: resolves when no request to a channel is under way; those that wait for another try are not. */
  deliveriesSettled(): Promise<void>
  /** What goes wrong on purpose. */
  readonly faults: Faults
  /**
   * Every request to the public API, taken or not, with what became of it: plain data for a file, for
   * {@link replay}, or to look at. Requests to the control API are not in it, and neither is any key.
   */
  journal(): Journal
  /**
   * Throws if a request came that a test which sends the right things to the right place does not send: to an
   * unknown path or monitor, with a wrong method, key or body. Refusals that were scripted, and the rate limit, do not count.
   *
   * @throws {AssertionError} listing these requests.
   */
  assertNoUnexpectedRequests(): void
  /** How many of the oldest records were forgotten to bound memory. */
  dropped(): Dropped
  /**
   * Mutes a monitor: pings are recorded, nothing alerts. Does nothing if it is paused already.
   * @throws {RangeError} for an unknown monitor, naming the known ones.
   */
  pause(id: string): void
  /**
   * Takes a pause back; what is awaited is reckoned anew from now. Does nothing if the monitor is not paused.
   * @throws {RangeError} for an unknown monitor, naming the known ones.
   */
  resume(id: string): void
  /**
   * Calls back for each ping, run, alert and notification, and for what went wrong. An error of the listener's does not reach the server: it is thrown
   * on its own, and ends the process unless caught there.
   *
   * @returns a function that ends the subscription
   */
  subscribe(listener: (event: MockEvent) => void): () => void
  /**
   * Forgets all pings, runs, alerts, requests and faults; every monitor waits for its first ping again, also a
   * paused one.
   * Monitors, keys, port and subscriptions stay, and so does the time: it never goes back.
   */
  reset(): void
  /**
   * Lets answers that are under way go out, for half a second at most, then ends all connections and timers. What was
   * recorded can still be read. Calling it again does nothing.
   */
  close(): Promise<void>
}
