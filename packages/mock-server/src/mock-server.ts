import type { ChannelDefinition, ChannelInput, MonitorDefinition } from '@crontify/protocol'
import type { Faults } from './faults/fault.ts'
import type { Fetch } from './http/in-process-fetch.ts'
import type { Notification } from './channels/notification.ts'
import type { Journal } from './journal/journal-entry.ts'
import type {
  Dropped,
  MockAlert,
  MockChannel,
  MockEvent,
  MockMonitor,
  MockPing,
  MockRun,
} from './mock-records.ts'
import type { Duration, IsoInstant } from './time-texts.ts'

/** How long a pause lasts, and why. */
export interface PauseOptions {
  /** ISO-8601 instant in the future at which the monitor resumes by itself. Default: it stays paused until `resume`. */
  readonly until?: IsoInstant
  /** Shown on the dashboard and by `crontify status`. 1 to 500 characters. */
  readonly reason?: string
}

/** A local Crontify. What its methods hand out is plain, frozen data. */
export interface MockServer {
  /** For the SDK's `baseUrl`: `http://127.0.0.1:PORT`, without `/api/v1`. */
  readonly url: string
  /**
   * A link to the dashboard, for a browser; absent in process. It holds the control token where other machines can open the
   * page, and is a secret then.
   */
  readonly dashboardUrl?: string
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
   * @throws {CrontifyMockError} (as a rejection) for a span that cannot be read or is negative.
   * @throws {Error} (as a rejection) on a system clock, and after `close`.
   * @example
   * await server.advance('26h')
   */
  advance(duration: Duration): Promise<void>
  now(): IsoInstant
  /**
   * Alerts of one monitor, or of all, oldest first.
   * @throws {CrontifyMockError} for an unknown monitor, naming the known ones.
   */
  alerts(monitorId?: string): readonly MockAlert[]
  /**
   * Runs of one monitor in the order in which they became known; each stands as it is now.
   * @throws {CrontifyMockError} for an unknown monitor, naming the known ones.
   */
  runs(monitorId: string): readonly MockRun[]
  /** Accepted pings of all monitors, oldest first. */
  pings(): readonly MockPing[]
  /**
   * Adds a monitor, or gives the one with its id another definition. What is known of it stays; where its schedule,
   * interval or time zone is another one, what is awaited is reckoned anew from now.
   *
   * @throws {CrontifyMockError} naming every problem; then nothing has changed.
   */
  define(definition: MonitorDefinition): void
  /**
   * Removes a monitor with its runs; its pings and alerts stay in the record.
   * @throws {CrontifyMockError} for an unknown monitor, naming the known ones.
   */
  remove(id: string): void
  /**
   * Adds a channel, or gives the one with its id another definition.
   * @throws {CrontifyMockError} naming every problem; then nothing has changed.
   */
  defineChannel(definition: ChannelDefinition): void
  /**
   * Removes a channel.
   * @throws {CrontifyMockError} where there is none with this id, or a monitor names it; then nothing has changed.
   */
  removeChannel(id: string): void
  /**
   * Replaces all monitors, all channels, or both, as after a change of a configuration file. Those that stay keep their
   * runs, and those that are the same are not touched.
   *
   * @throws {CrontifyMockError} naming every problem; then nothing has changed.
   */
  replaceAll(definitions: {
    readonly monitors?: readonly MonitorDefinition[]
    readonly channels?: readonly ChannelInput[]
  }): void
  /** @throws {CrontifyMockError} for an unknown monitor, naming the known ones. */
  monitor(id: string): MockMonitor
  /** In the order in which they were given. */
  monitors(): readonly MockMonitor[]
  /** Where alerts can be sent, in the order in which they were given; without their addresses and keys. */
  channels(): readonly MockChannel[]
  /**
   * The story of a monitor, line by line: what it waits for, what came, what followed and why, what comes next.
   * @throws {CrontifyMockError} for an unknown monitor, naming the known ones.
   */
  explain(monitorId: string): string
  /** What channels got, or would have got, oldest first: of one channel, or of all. */
  notifications(channelId?: string): readonly Notification[]
  /**
   * Sends a test alert to a channel, whatever its `minimumSeverity`. It is a notification, and not among the alerts.
   * @throws {CrontifyMockError} for an unknown channel, naming the known ones.
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
   * Mutes a monitor: pings are recorded, nothing alerts. Pausing again replaces the end and the reason.
   *
   * @throws {CrontifyMockError} for an unknown monitor, naming the known ones, or for an end or a reason that cannot be used.
   * @example
   * server.pause('nightly-backup', { until: '2026-01-06T06:00:00Z', reason: 'database migration' })
   */
  pause(id: string, options?: PauseOptions): void
  /**
   * Takes a pause back; what is awaited is reckoned anew from now. Does nothing if the monitor is not paused.
   * @throws {CrontifyMockError} for an unknown monitor, naming the known ones.
   */
  resume(id: string): void
  /**
   * Acknowledges a monitor's open incident. The dashboard shows it; alerts continue.
   *
   * @param note  For the others on call: 1 to 500 characters. Default: no note.
   * @throws {CrontifyMockError} for an unknown monitor, one without an open incident, or a note that is too long.
   */
  acknowledge(id: string, note?: string): void
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
  /** The same as {@link MockServer.close}, for `await using server = await createMockServer(…)`. */
  [Symbol.asyncDispose](): Promise<void>
}
