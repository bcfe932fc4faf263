import type { OnEvent } from '../run/delivery-event.ts'
import type { FetchLike } from '../http/fetch-transport.ts'
import type { HttpAgent, PingTransport } from '../http/route.ts'
import type { RedactOption } from '../redaction/redactor.ts'
import type { Logger } from '../warner.ts'

/** How long a caller may be kept waiting for a ping. */
export interface DeliveryOptions {
  /**
   * Milliseconds that `start()`, and `wrap` before the job, wait at most; 0 waits for nothing. Integer, 0 to 60,000.
   *
   * Long enough for a cold TLS connection, short enough that no schedule notices. After it the ping goes on
   * behind the job.
   *
   * @default 500
   */
  readonly startWaitMs?: number | undefined
  /**
   * Milliseconds that `success()` and `fail()`, and `wrap` after the job, wait at most; 0 waits for nothing.
   * Integer, 0 to 600,000. After it the ping goes on by itself.
   *
   * @default 5_000
   */
  readonly endWaitMs?: number | undefined
  /**
   * Milliseconds for one attempt, integer, 100 to 60,000; never more than `timeout`. Of these the connection may take
   * 2,000.
   *
   * @default 3_000, so that a success or fail has a second attempt within `endWaitMs`
   */
  readonly attemptTimeoutMs?: number | undefined
  /**
   * Whether pings carry headers that say which run they belong to and when it happened. The service does not
   * document any, and ignores what it does not know. [I]
   *
   * @default true
   */
  readonly wireHeaders?: boolean | undefined
  /**
   * Pings that this process may send in a minute with this key, integer, 1 to 120. Processes that share a key can split
   * what the service allows.
   *
   * @default 120 [D KEYS]; none to this very machine, where a local Crontify is
   */
  readonly ratePerMinute?: number | undefined
  /**
   * Whether `process.exit` and an error that nobody caught may be put off, at most 1,000 ms, to send the fail ping of
   * a run that `wrap` has open and the ends of runs that are still held. The exit code stays as it is.
   *
   * @default true
   */
  readonly atExit?: boolean | undefined
  /**
   * Whether SIGTERM and SIGINT may be put off, at most 1,500 ms, to do the same. If nobody else listens, the signal is
   * then raised again, so that the process ends as it would have; otherwise only what is held is sent.
   *
   * @default false
   */
  readonly handleSignals?: boolean | undefined
  /**
   * Absolute path of a directory in which success and fail pings are kept that this process could not deliver, and
   * in which is written down which runs of `wrap` are open. The next process with the same key and base URL sends what
   * it finds there, and reports runs whose process is gone as failed. Made with access for this user only; refused
   * with a warning if others may write to it. Texts in it are redacted, the key is not in it.
   *
   * A ping delivered late counts for the service as happening then: a fail says so in its message, a success cannot. A
   * success is kept for 15 minutes, a fail for 24 hours.
   *
   * @default nothing is kept on disk
   */
  readonly spoolDirectory?: string | undefined
}

/** What a monitor's client needs to know. */
export interface MonitorOptions {
  /**
   * The API key, `ck_live_…`, 8 to 256 printable characters. Spaces and line ends around it are removed.
   *
   * @default the environment variable `CRONTIFY_API_KEY`
   */
  readonly apiKey?: string | undefined
  /** The monitor's id, from its page in the dashboard: 1 to 128 letters, digits, `_` and `-`. [D API; the bound is I] */
  readonly monitorId: string
  /**
   * Where the service is, without `/api/v1`. `https:`, or `http:` on this machine only.
   *
   * @default the environment variable `CRONTIFY_BASE_URL`, else `'https://api.crontify.com'` [D API]
   */
  readonly baseUrl?: string | URL | undefined
  /**
   * Milliseconds for a ping in which somebody is interested, integer, 100 to 600,000: with `silent: false` a method
   * throws at the latest after it, and no attempt takes longer.
   *
   * How long a job may be kept waiting in silent mode is another matter: see `delivery`.
   *
   * @default 10_000 [D API]
   */
  readonly timeout?: number | undefined
  /**
   * `true`: a ping that fails is a warning and `null`. `false`: it is thrown, and so is a wrong option, at
   * construction. In `wrap` the job's own error always comes first.
   *
   * @default true [D API]
   */
  readonly silent?: boolean | undefined
  /**
   * `false` sends nothing and says nothing: jobs run as if they were not wrapped.
   *
   * @default true, or false where the environment variable `CRONTIFY_DISABLED` is `1`, `true`, `yes` or `on`, in any case
   */
  readonly enabled?: boolean | undefined
  /**
   * Allows `http:` to another machine, where everybody on the way can read the API key.
   *
   * @default false
   */
  readonly allowInsecureHttp?: boolean | undefined
  /**
   * Where warnings go, one line each; `false` for nowhere.
   *
   * @default console
   */
  readonly logger?: Logger | false | undefined
  /**
   * Makes the connections for pings: an `https.Agent` with your own certificate authority or a client certificate, or any
   * proxy agent. It must fit the protocol of `baseUrl`. Proxy variables of the environment are then not read.
   *
   * While the process exits, pings are sent with the certificates of an `https.Agent`; through any other agent they cannot
   * be sent then.
   *
   * @default a fresh connection for each ping, which global agents do not touch
   * @example
   * import { Agent } from 'node:https'
   * import { readFileSync } from 'node:fs'
   * import { CrontifyMonitor } from '@crontify/sdk'
   *
   * const agent = new Agent({ ca: readFileSync('company-ca.pem') })
   * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup', agent })
   */
  readonly agent?: HttpAgent | undefined
  /**
   * Sends pings through this fetch instead of Node's own HTTP client: for request handlers in tests.
   *
   * @default Node's own client, which patches of fetch do not touch; on runtimes without it, such as Workers, the global fetch
   */
  readonly fetch?: FetchLike | undefined
  /**
   * Sends pings in a way of your own, such as `undiciTransport(dispatcher)` from `@crontify/sdk/undici`. `agent`, `fetch` and
   * `proxy` are then ignored.
   *
   * @default Node's own client
   */
  readonly transport?: PingTransport | undefined
  readonly delivery?: DeliveryOptions | undefined
  /**
   * An HTTP proxy for all pings, such as `http://user:password@proxy.internal:3128`; `false` for none. Connections go
   * through it by CONNECT, also for `http:`.
   *
   * @default the environment variables `HTTPS_PROXY` or `HTTP_PROXY` and `NO_PROXY`, also in lower case; never for this
   * very machine
   */
  readonly proxy?: string | URL | false | undefined
  /**
   * Takes secrets out of messages and logs before they are sent. A function replaces the built-in redactor, gets at
   * most 64 KiB and should take less than 50 ms; where it fails, the text is withheld. `false` sends texts as they are,
   * without the API key.
   *
   * @default the built-in redactor: private keys, passwords in URLs, authorization headers, values named like a
   * password, and tokens of well-known forms
   */
  readonly redact?: RedactOption
  /** Called for each ping that was delivered, retried, dropped or skipped. What it throws is swallowed. */
  readonly onEvent?: OnEvent | undefined
}
