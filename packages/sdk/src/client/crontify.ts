import type { DefinedMonitor } from '../definition/define-monitor.ts'
import type { AnyMeta, MetaShape } from '../definition/meta-types.ts'
import { CrontifyMonitor } from './crontify-monitor.ts'
import type { FlushOptions } from './flush-options.ts'
import { sumOfStats, type PingStats } from './ping-counts.ts'
import type { MonitorOptions } from '../options/options.ts'
import type { Surroundings } from '../surroundings.ts'
import { systemSurroundings } from '../system-surroundings.ts'
import { attachObservers } from '../run/layers/attached-observers.ts'
import { openClient, type OpenClient } from './open-client.ts'

/** What a client of many monitors needs to know. */
export type CrontifyOptions = Omit<MonitorOptions, 'monitorId'>

/**
 * The client of a whole program: its options are given once, and its monitors are asked for by id or definition.
 *
 * @example
 * import { Crontify } from '@crontify/sdk'
 *
 * const crontify = new Crontify({ apiKey: 'ck_live_example' })
 * await crontify.monitor('nightly-backup').wrap(async () => {
 *   // the job
 * })
 * await crontify.close()
 */
export class Crontify {
  /** False if nothing is sent: switched off, or built with options that cannot work. */
  readonly enabled: boolean
  /** Why nothing is sent; `undefined` while it is. */
  readonly disabledReason: string | undefined
  readonly #client: OpenClient
  readonly #monitors = new Map<string, { readonly monitor: CrontifyMonitor; readonly definition: unknown }>()
  #closing: Promise<PingStats> | undefined

  /**
   * @throws {CrontifyConfigError} with `silent: false`, when an option is wrong. In silent mode the same text is a
   * warning, and nothing is sent.
   */
  constructor(options?: CrontifyOptions)
  /** @internal For tests. */
  constructor(options: CrontifyOptions | undefined, surroundings: Surroundings)
  constructor(options: CrontifyOptions = {}, surroundings: Surroundings = systemSurroundings) {
    this.#client = openClient(options, surroundings, 'Crontify')
    attachObservers(this, this.#client.observers)
    this.enabled = this.#client.disabledReason === undefined
    this.disabledReason = this.#client.disabledReason
  }

  /**
   * The client of one monitor. The same id gives the same object, so that overlapping runs know of each other.
   *
   * With a definition, its metadata are typed, `wrap` takes its `maxDurationSeconds`, and metadata that do not fit it are
   * a warning. The first definition of an id counts; another one is a warning.
   *
   * @throws {CrontifyConfigError} with `silent: false`, when the id is wrong; otherwise that is a warning, and the
   * monitor is inert.
   */
  monitor<Fields extends MetaShape>(definition: DefinedMonitor<Fields>): CrontifyMonitor<Fields>
  monitor(id: string): CrontifyMonitor
  monitor(given: string | DefinedMonitor): CrontifyMonitor {
    const definition = typeof given === 'object' && given !== null ? given : undefined
    const id = definition === undefined ? (given as string) : definition.id
    const known = this.#monitors.get(id)
    if (known !== undefined) {
      if (definition !== undefined && known.definition !== definition) this.#sayOtherDefinition(id)
      return known.monitor
    }
    const monitor = new CrontifyMonitor({ monitorId: id }, this.#client, definition)
    this.#monitors.set(id, { monitor, definition })
    if (this.#closing !== undefined) void monitor.close({ withinMs: 0 })
    return monitor
  }

  #sayOtherDefinition(id: string): void {
    this.#client.warner.sayOnce(
      `other definition: ${id}`,
      `The monitor "${id}" was asked for before, without this definition; the first call counts`,
    )
  }

  /**
   * Waits until the pings of all monitors are delivered or given up, at most `withinMs`. The client stays usable.
   *
   * Never rejects: what is still pending is in the returned counts.
   */
  async flush(options: FlushOptions = {}): Promise<PingStats> {
    return sumOfStats(await Promise.all(this.#all().map((monitor) => monitor.flush(options))))
  }

  /**
   * Flushes, gives up what is still pending, and refuses later pings of all monitors: in silent mode with one warning.
   *
   * Never rejects. Calling it again waits for the first call.
   */
  async close(options: FlushOptions = {}): Promise<PingStats> {
    this.#closing ??= Promise.all(this.#all().map((monitor) => monitor.close(options))).then(sumOfStats)
    return this.#closing
  }

  /** What became of the pings of all monitors so far. The counts add up. */
  stats(): PingStats {
    return sumOfStats(this.#all().map((monitor) => monitor.stats()))
  }

  #all(): readonly CrontifyMonitor<AnyMeta>[] {
    return [...this.#monitors.values()].map(({ monitor }) => monitor)
  }
}
