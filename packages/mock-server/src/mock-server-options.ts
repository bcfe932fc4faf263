import type { Semantics } from '@crontify/alert-engine'
import type { ChannelInput, MonitorDefinition } from '@crontify/protocol'
import type { Plan } from './plan.ts'
import type { IsoInstant } from './time-texts.ts'

/** Settings of {@link createMockServer}; every one may be left out. */
export interface MockServerOptions {
  /** The monitors that can be pinged. @default none */
  readonly monitors?: readonly MonitorDefinition[]
  /** Where alerts are sent; monitors name them by id. @default none */
  readonly channels?: readonly ChannelInput[]
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
  /** Accepted API keys, at least one. @default one generated key, found under `apiKey` */
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
  /** The address to listen on: `127.0.0.1`, `localhost` or `::1`, or with `allowHosts` any other. @default '127.0.0.1' */
  readonly host?: string
  /**
   * Lets other machines in, such as the containers beside this one: the names by which they reach this server, as their
   * requests' Host header has them. `crontify` goes with the port that is listened on, `crontify:8080` stands for itself.
   * Who reaches the server can then ping with the key; a warning says so at the start. @default none: this machine only
   */
  readonly allowHosts?: readonly string[]
  /**
   * A file that keeps monitors' states, runs with logs, alerts, pings, changed definitions and the time, so that a server
   * that is started again with it goes on where this one ended, also after SIGKILL. One server at a time: a second one is
   * refused. Its directory must exist. Faults, journal and notifications are not kept. @default nothing is kept
   */
  readonly dataFile?: string
  /**
   * Whether an open server keeps the process running. Without it a test that fails before `close()` still ends.
   * @default false
   */
  readonly keepProcessAlive?: boolean
  /** Called with what is wrong and does not stop the server, such as a damaged data file. @default a warning of the process */
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
