import {
  failBody,
  readMeta,
  successBody,
  type FailOptions,
  type PingKind,
  type PingReceipt,
  type SuccessOptions,
} from '@crontify/protocol'
import { createDelivery, type Delivery, type Ping, type PingOnItsWay } from './delivery.ts'
import { describeError } from './describe-error.ts'
import { CrontifyConfigError, type CrontifyError } from './errors.ts'
import { createFetchTransport } from './fetch-transport.ts'
import type { MonitorOptions } from './options.ts'
import { outcomeError, type FailedOutcome } from './outcome-error.ts'
import { readCallOptions } from './read-call-options.ts'
import { readOptions, type ReadOptions, type Settings } from './read-options.ts'
import { createRunGate } from './run-gate.ts'
import { attachRuns } from './runs-of.ts'
import { createScrubKey, type ScrubKey } from './scrub-key.ts'
import { settleWithin } from './settle-within.ts'
import { systemSurroundings, type Surroundings } from './surroundings.ts'
import { SDK_VERSION } from './version.ts'
import { createWarner, type Warner } from './warner.ts'
import { wrapJob, type WrapOptions } from './wrap-job.ts'

/**
 * The client of one monitor: tells Crontify when a job starts, succeeds and fails.
 *
 * It never hurts the job: in silent mode, the default, no method throws or rejects because of a ping, and none waits
 * longer than `delivery` allows. Wrong options make it inert (see `enabled`) instead of stopping a nightly job.
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

  readonly #silent: boolean
  readonly #settings: Settings | undefined
  readonly #delivery: Delivery | undefined
  readonly #surroundings: Surroundings
  readonly #scrub: ScrubKey
  readonly #warner: Warner
  readonly #runs = createRunGate()

  /**
   * @param surroundings  For tests: clock, ids, environment and transport.
   * @throws {CrontifyConfigError} with `silent: false`, when an option is wrong. In silent mode the same text is a
   * warning, and nothing is sent.
   */
  constructor(options: MonitorOptions, surroundings: Surroundings = systemSurroundings) {
    const read = readOptions(options, surroundings.env)
    this.#surroundings = surroundings
    this.#silent = read.silent
    this.#settings = read.type === 'ready' ? read.settings : undefined
    this.#scrub = createScrubKey(this.#settings?.apiKey ?? '')
    this.#warner = createWarner(warnFunction(read, surroundings), this.#scrub, surroundings.clock)
    this.#delivery = this.#settings && startDelivery(this.#settings, surroundings)
    this.enabled = this.#delivery !== undefined
    this.disabledReason = disabledReason(read)
    attachRuns(this, {
      gate: this.#runs,
      onSuperseded: (error) => this.#announceSuperseded(error),
      idle: async () => this.#delivery?.idle(),
    })
    for (const note of read.notes) this.#warner.say(note)
    if (read.type !== 'wrong') return
    if (!read.silent) throw new CrontifyConfigError(read.problem.message, read.problem.code)
    this.#warner.say(`${read.problem.message} (${read.problem.code})`)
  }

  /**
   * Says that a run begins. A run of this monitor that is still open becomes `overlapped`. [D PINGS]
   *
   * @returns the receipt; `null` where nothing is sent, the ping failed, or no answer came within
   * `delivery.startWaitMs` (it then goes on behind the job).
   * @throws {CrontifyApiError | CrontifyTimeoutError | CrontifyNetworkError} only with `silent: false`, which also
   * waits for the answer however long it takes, up to `timeout`.
   */
  async start(): Promise<PingReceipt | null> {
    this.#runs.enter(Symbol('start'))
    return this.#settle('start', undefined, this.#settings?.startWaitMs)
  }

  /**
   * Says that the open run went well. Alert rules look at `meta`. [D RULES]
   *
   * An entry of `meta` that is not a finite number is left out with one warning; the ping is sent all the same.
   *
   * @returns the receipt; `null` where nothing is sent, the ping failed, or no answer came within
   * `delivery.endWaitMs` (it then goes on by itself).
   * @throws {CrontifyApiError | CrontifyTimeoutError | CrontifyNetworkError} only with `silent: false`.
   */
  async success(options: SuccessOptions = {}): Promise<PingReceipt | null> {
    this.#runs.clear()
    return this.#settle('success', successBody(this.#read('success', options)), this.#settings?.endWaitMs)
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
  async fail(options: FailOptions | Error | string = {}): Promise<PingReceipt | null> {
    this.#runs.clear()
    return this.#settle('fail', failBody(this.#read('fail', options)), this.#settings?.endWaitMs)
  }

  /**
   * Runs a job between a start ping and a success or fail ping.
   *
   * Resolves with what the job returned and rejects with what it threw: the very same value, whatever the pings do.
   * Before the job it waits until the start ping has left this process, at most `delivery.startWaitMs`; after the
   * job for the answer to the last ping, at most `delivery.endWaitMs`. A thrown error's stack and causes become
   * the log of the fail ping.
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
    const settings = this.#settings
    return wrapJob(job, options, {
      gate: this.#runs,
      clock: this.#surroundings.clock,
      startWaitMs: settings?.startWaitMs ?? 0,
      endWaitMs: settings?.endWaitMs ?? 0,
      start: () => this.#send({ kind: 'start', body: undefined }),
      succeed: (meta) => this.#send({ kind: 'success', body: successBody(this.#read('success', { meta })) }),
      fail: (error) => this.#send({ kind: 'fail', body: failBody(this.#read('fail', describeError(error))) }),
      onSuperseded: (error) => this.#announceSuperseded(error),
      onMetaError: (error) =>
        this.#warner.say(`The meta function of wrap failed and is left out: ${describeError(error).message}`),
      pingErrorToThrow: (kind, outcome) => (this.#silent ? undefined : this.#errorOf(kind, outcome)),
    })
  }

  /** Reads the arguments of a ping method; what cannot be used is left out and said. */
  #read(call: 'success' | 'fail', given: unknown) {
    const { values, notes } = readCallOptions(call, given)
    const { meta, dropped } = readMeta(values['meta'])
    for (const note of notes) this.#warner.sayOncePerBurst(note, note)
    if (dropped.length > 0) {
      const names = dropped.slice(0, 10).join(', ')
      this.#warner.sayOncePerBurst(
        'meta',
        `meta entries left out, because they are not finite numbers: ${names}`,
      )
    }
    return { meta, message: this.#clean(values['message']), log: this.#clean(values['log']) }
  }

  /** A text without the key; scrubbed before it is cut, so that a cut cannot hide half of it. */
  #clean(text: unknown): string | undefined {
    return typeof text === 'string' ? this.#scrub(text) : undefined
  }

  /** Sends a ping; whatever goes wrong on our side ends as an outcome, never as an error. */
  #send(ping: Ping): PingOnItsWay | undefined {
    const sent = this.#delivery?.send(ping)
    void sent?.outcome.then((outcome) => {
      if (outcome.type === 'accepted' || !this.#silent) return
      const error = this.#errorOf(ping.kind, outcome)
      this.#warner.sayOncePerBurst(`${outcome.type} ${error.code}`, error.message)
    })
    return sent
  }

  async #settle(kind: PingKind, body: Ping['body'], waitMs = 0): Promise<PingReceipt | null> {
    const sent = this.#send({ kind, body })
    if (sent === undefined) return null
    const outcome = this.#silent
      ? await settleWithin(sent.outcome, waitMs, this.#surroundings.clock)
      : await sent.outcome
    if (outcome?.type === 'accepted') return outcome.receipt
    if (outcome !== undefined && !this.#silent) throw this.#errorOf(kind, outcome)
    return null
  }

  #errorOf(kind: PingKind, outcome: FailedOutcome): CrontifyError {
    const { monitorId = '', host = '' } = this.#settings ?? {}
    return outcomeError(outcome, { kind, monitorId, host }, this.#scrub)
  }

  #announceSuperseded(error: unknown): void {
    const { message } = describeError(error)
    this.#warner.say(
      `A run of "${this.#settings?.monitorId ?? ''}" failed after a newer run had started; its fail ping is not sent, because it would close the newer run: ${message}`,
    )
  }
}

function startDelivery(settings: Settings, surroundings: Surroundings): Delivery {
  const { fetch, ...rest } = settings
  const loadTransport =
    fetch === undefined
      ? surroundings.loadTransport
      : () => Promise.resolve(createFetchTransport(fetch, surroundings.clock))
  const userAgent = `crontify-sdk-js/${SDK_VERSION}`
  return createDelivery({ ...rest, userAgent }, { clock: surroundings.clock, loadTransport })
}

function warnFunction(read: ReadOptions, surroundings: Surroundings): (message: string) => unknown {
  const { logger } = read
  if (logger === false) return () => {}
  return logger === undefined ? surroundings.warn : (message) => logger.warn(message)
}

function disabledReason(read: ReadOptions): string | undefined {
  switch (read.type) {
    case 'ready':
      return undefined
    case 'off':
      return read.reason
    case 'wrong':
      return read.problem.message
  }
}
