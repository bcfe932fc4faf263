import type { FailOptions, MonitorDefinition, PingReceipt, SuccessOptions } from '@crontify/protocol'
import { loadMonitor } from './load-monitor.ts'
import { openClient, openMonitor, type OpenClient } from './open-client.ts'
import type { AnyMeta, MetaShape, SomeMeta, WholeMeta } from '../definition/meta-types.ts'
import type { MonitorOptions } from '../options/options.ts'
import type { Run } from '../run/run.ts'
import type { Surroundings } from '../surroundings.ts'
import { systemSurroundings } from '../system-surroundings.ts'
import type { HeartbeatOptions } from './monitor/heartbeat.ts'
import type { FlushOptions } from './flush-options.ts'
import { lazily } from '../lazily.ts'
import type { MonitorClient } from './monitor/monitor-client.ts'
import type { PingStats } from './ping-counts.ts'
import { attachObservers } from '../run/layers/attached-observers.ts'
import { attachRuns } from '../run/layers/attached-runs.ts'
import type { WrapOptions } from '../run/layers/wrap-job.ts'

/** What `success` takes. Where the fields of the metadata are known, all that the definition requires must be given. */
export type SuccessParameters<Fields extends MetaShape> = string extends keyof Fields
  ? [options?: SuccessOptions]
  : Partial<WholeMeta<Fields>> extends WholeMeta<Fields>
    ? [options?: { readonly meta?: WholeMeta<Fields> | undefined }]
    : [options: { readonly meta: WholeMeta<Fields> }]

/** What `fail` takes, where the fields of the metadata are known. */
export interface FailArguments<Fields extends MetaShape> extends Omit<FailOptions, 'meta'> {
  readonly meta?: SomeMeta<Fields> | undefined
}

/** What `fail` takes: options, an error or a text; or what a `catch` gives, of which nothing is known. */
export type FailArgument<Given, Fields extends MetaShape> = unknown extends Given
  ? Given
  : FailArguments<Fields> | Error | string

/**
 * The client of one monitor: tells Crontify when a job starts, succeeds and fails.
 *
 * It never hurts the job: in silent mode, the default, no method throws or rejects because of a ping, and none waits
 * longer than `delivery` allows. What could not be delivered in that time goes on behind the job: a start is sent
 * again only if it certainly had no effect, success and fail until they are taken, refused or too old.
 *
 * All clients of a process with the same key and base URL share one queue, one rate and one view of whether the
 * service is there. Wrong options make a client inert (see `enabled`) instead of stopping a nightly job.
 *
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 *
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })
 * await monitor.wrap(async () => {
 *   // the job
 * })
 */
export class CrontifyMonitor<Fields extends MetaShape = AnyMeta> {
  /** False if nothing is sent: switched off, or built with options that cannot work. */
  readonly enabled: boolean
  /** Why nothing is sent; `undefined` while it is. */
  readonly disabledReason: string | undefined
  readonly #client: () => MonitorClient

  /**
   * @throws {CrontifyConfigError} with `silent: false`, when an option is wrong. In silent mode the same text is a
   * warning, and nothing is sent.
   */
  constructor(options: MonitorOptions)
  /** @internal For tests, and for the client of many monitors. */
  constructor(options: MonitorOptions, behind: Surroundings | OpenClient, definition?: MonitorDefinition)
  constructor(
    options: MonitorOptions,
    behind: Surroundings | OpenClient = systemSurroundings,
    definition?: MonitorDefinition,
  ) {
    const shared = 'warner' in behind ? behind : openClient(options, behind, 'CrontifyMonitor')
    const monitorId = options?.monitorId
    const client = openMonitor(shared, monitorId)
    this.enabled = client.disabledReason === undefined
    this.disabledReason = client.disabledReason
    this.#client = lazily(() => loadMonitor(client, monitorId, definition))
    attachRuns(this, () => this.#client().runs)
    attachObservers(this, shared.observers)
  }

  /**
   * Says that a run begins. A run of this monitor that is still open becomes `overlapped`. [D PINGS]
   *
   * @returns the receipt; `null` where nothing is sent, the ping failed, or no answer came within
   * `delivery.startWaitMs` (it then goes on behind the job).
   * @throws {CrontifyApiError | CrontifyTimeoutError | CrontifyNetworkError} only with `silent: false`, which waits
   * up to `timeout` for the answer.
   */
  async start(): Promise<PingReceipt | null> {
    return this.#client().start()
  }

  /**
   * Says that the open run went well. Alert rules look at `meta`. [D RULES]
   *
   * An entry of `meta` that is not a finite number is left out with one warning; the ping is sent all the same.
   *
   * @returns the receipt; `null` where nothing is sent, the ping failed, or no answer came within
   * `delivery.endWaitMs` (it then goes on by itself).
   * @throws {CrontifyApiError | CrontifyTimeoutError | CrontifyNetworkError} only with `silent: false`, which waits
   * up to `timeout` for the answer.
   */
  async success(...[options]: SuccessParameters<Fields>): Promise<PingReceipt | null> {
    return this.#client().success(options as SuccessOptions | undefined)
  }

  /**
   * Says that the open run failed; Crontify alerts at once. [D PINGS]
   *
   * @param failure  What went wrong: options, an error, a text, or whatever a `catch` gives.
   * @returns as {@link CrontifyMonitor.success}.
   * @throws {CrontifyApiError | CrontifyTimeoutError | CrontifyNetworkError} only with `silent: false`.
   * @example
   * import { CrontifyMonitor } from '@crontify/sdk'
   *
   * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })
   * await monitor.fail({ message: 'disk is full', log: 'df: /var 100 %', meta: { files_copied: 120 } })
   * await monitor.fail(new Error('disk is full'))
   */
  async fail<Given = undefined>(failure?: FailArgument<Given, Fields>): Promise<PingReceipt | null> {
    return this.#client().fail(failure)
  }

  /**
   * Runs a job between a start ping and a success or fail ping.
   *
   * Resolves with what the job returned and rejects with what it threw: the very same value, whatever the pings do.
   * Before the job it waits until the start ping has left this process, at most `delivery.startWaitMs`; after the
   * job for the answer to the last ping, at most `delivery.endWaitMs`. While the service is known to be away it waits
   * for nothing.
   *
   * The job gets the {@link Run}: metadata and lines of log given to it are sent with whatever end the run has. A fail
   * ping carries the error's stack and causes, the last lines of the log, and the metadata gathered so far. `duration_ms`
   * is among the metadata, unless the job has set it.
   *
   * Two runs at once are reported as the overlap that they are. The end of the older one is not sent, because the
   * service would take it for the end of the newer one; if that run failed, a warning says so.
   *
   * @throws whatever the job throws. With `silent: false` also the error of a ping that was not taken, but only
   * after the job is done and only if the job itself succeeded.
   * @throws {TypeError} if `job` is not a function.
   * @example
   * import { CrontifyMonitor } from '@crontify/sdk'
   *
   * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'user-sync' })
   * const report = await monitor.wrap(async () => ({ count: 1523 }), {
   *   meta: (result) => ({ records_processed: result.count }),
   * })
   */
  wrap<Result, Given extends SomeMeta<Fields> = SomeMeta<Fields>>(
    job: (run: Run<Fields>) => Result | Promise<Result>,
    options: WrapOptions<Result, Fields, Given> = {},
  ): Promise<Result> {
    // The fields are for the compiler only.
    const untyped = job as unknown as (run: Run) => Result | Promise<Result>
    return this.#client().wrap(untyped, options as unknown as WrapOptions<Result>)
  }

  /**
   * Says at regular intervals that the process is alive: for workers and consumers, which have no schedule. The monitor
   * should expect a ping every so often (`everySeconds`), and should have no wrapped jobs.
   *
   * Each beat is a success ping, the first one at once. Beats are left out while the event loop is stuck, and while the
   * one before is still on its way. The process is not kept alive by it, and nothing is thrown by a ping.
   *
   * @returns a function that stops it, as do `signal` and `close`.
   * @throws {CrontifyConfigError} with `silent: false`, when the interval is wrong; otherwise that is a warning, and no
   * beat is sent.
   * @example
   * import { CrontifyMonitor } from '@crontify/sdk'
   *
   * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'mail-worker' })
   * const stop = monitor.heartbeat({ everyMs: 60_000 })
   * process.once('SIGTERM', stop)
   */
  heartbeat(options: HeartbeatOptions<SomeMeta<Fields>>): () => void {
    return this.#client().heartbeat(options as HeartbeatOptions)
  }

  /**
   * Waits until this monitor's pings are delivered or given up, at most `withinMs`. The client stays usable.
   *
   * Never rejects: what is still pending is in the returned counts.
   *
   * @example
   * import { CrontifyMonitor } from '@crontify/sdk'
   *
   * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })
   * const { pending } = await monitor.flush({ withinMs: 2_000 })
   * if (pending > 0) console.error(`${pending} pings are still waiting`)
   */
  async flush(options: FlushOptions = {}): Promise<PingStats> {
    return this.#client().flush(options)
  }

  /**
   * Flushes, gives up what is still pending, and refuses later pings: in silent mode with one warning.
   *
   * Never rejects. Calling it again waits for the first call.
   */
  async close(options: FlushOptions = {}): Promise<PingStats> {
    return this.#client().close(options)
  }

  /** What became of this client's pings so far. The counts add up. */
  stats(): PingStats {
    return this.#client().stats()
  }
}
