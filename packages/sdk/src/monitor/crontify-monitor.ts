import type { FailOptions, PingReceipt, SuccessOptions } from '@crontify/protocol'
import { createMonitorClient, type FlushOptions, type MonitorClient } from './monitor-client.ts'
import type { MonitorOptions } from '../options/options.ts'
import type { PingStats } from './ping-counts.ts'
import { attachRuns } from './runs-of.ts'
import type { Surroundings } from '../surroundings.ts'
import { systemSurroundings } from '../system-surroundings.ts'
import type { WrapOptions } from './wrap-job.ts'

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
export class CrontifyMonitor {
  /** False if nothing is sent: switched off, or built with options that cannot work. */
  readonly enabled: boolean
  /** Why nothing is sent; `undefined` while it is. */
  readonly disabledReason: string | undefined
  readonly #client: MonitorClient

  /**
   * @param surroundings  For tests: clock, ids, environment and transport.
   * @throws {CrontifyConfigError} with `silent: false`, when an option is wrong. In silent mode the same text is a
   * warning, and nothing is sent.
   */
  constructor(options: MonitorOptions, surroundings: Surroundings = systemSurroundings) {
    this.#client = createMonitorClient(options, surroundings)
    this.enabled = this.#client.disabledReason === undefined
    this.disabledReason = this.#client.disabledReason
    attachRuns(this, this.#client.runs)
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
    return this.#client.start()
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
  async success(options?: SuccessOptions): Promise<PingReceipt | null> {
    return this.#client.success(options)
  }

  /**
   * Says that the open run failed; Crontify alerts at once. [D PINGS]
   *
   * @param options  What went wrong. An error, or a text, may be given as it is.
   * @returns as {@link CrontifyMonitor.success}.
   * @throws {CrontifyApiError | CrontifyTimeoutError | CrontifyNetworkError} only with `silent: false`.
   * @example
   * import { CrontifyMonitor } from '@crontify/sdk'
   *
   * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })
   * await monitor.fail({ message: 'disk is full', log: 'df: /var 100 %', meta: { files_copied: 120 } })
   * await monitor.fail(new Error('disk is full'))
   */
  async fail(options?: FailOptions | Error | string): Promise<PingReceipt | null> {
    return this.#client.fail(options)
  }

  /**
   * Runs a job between a start ping and a success or fail ping.
   *
   * Resolves with what the job returned and rejects with what it threw: the very same value, whatever the pings do.
   * Before the job it waits until the start ping has left this process, at most `delivery.startWaitMs`; after the
   * job for the answer to the last ping, at most `delivery.endWaitMs`. While the service is known to be away it waits
   * for nothing. A thrown error's stack and causes become the log of the fail ping.
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
  async wrap<Result>(
    job: () => Result | Promise<Result>,
    options: WrapOptions<Result> = {},
  ): Promise<Result> {
    return this.#client.wrap(job, options)
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
    return this.#client.flush(options)
  }

  /**
   * Flushes, gives up what is still pending, and refuses later pings: in silent mode with one warning.
   *
   * Never rejects. Calling it again waits for the first call.
   */
  async close(options: FlushOptions = {}): Promise<PingStats> {
    return this.#client.close(options)
  }

  /** What became of this client's pings so far. The counts add up. */
  stats(): PingStats {
    return this.#client.stats()
  }
}
