import type { AnyMeta, MetaField, MetaShape, SomeMeta } from '../definition/meta-types.ts'
import type { EachOptions, EachOutcome } from './each-record.ts'

/**
 * A run under way, as `wrap` hands it to the job: for what is known before the job ends.
 *
 * Nothing here throws into the job, but for `each`, which does what its options ask for. What is said after the job has
 * ended is ignored, with a warning.
 */
export interface Run<Fields extends MetaShape = AnyMeta> {
  /** Names this run on this side; its pings carry it in the header `X-Client-Run-Id`. */
  readonly id: string
  /**
   * Aborted when the run takes longer than `maxDurationMs` and `onMaxDuration` is `'abort'`: for `fetch`, timers and
   * database clients. A job that does not look at it goes on.
   */
  readonly signal: AbortSignal
  /**
   * Adds metadata; a field that is there already gets the new number. They are sent with the end of the run, however it
   * ends: a failure then tells how far the job came.
   *
   * An entry that is not a finite number is left out, with one warning.
   */
  meta(values: SomeMeta<Fields>): void
  /** Adds `by` to a metadata field, which begins at 0. @default 1 */
  increment(field: MetaField<Fields>, by?: number): void
  /**
   * Keeps a line for the log of the fail ping: the first ones and above all the last ones, whatever their number. A run
   * that goes well sends none.
   */
  log(line: string): void
  /**
   * Handles records one by one, so that a bad one does not end the run.
   *
   * Counts into the metadata `records_processed` and `records_failed`, also where there are no records at all: a rule
   * on 0 alerts only if the 0 is sent. The first errors become lines of the log. Records are taken as they are
   * needed: a cursor of a database fits.
   *
   * @throws {CrontifyEachError} when `stopOn` says that it is enough. Whatever the records themselves throw while they
   * are read. The reason of `run.signal` once it is aborted. In each case after the records under way have ended.
   * @throws {TypeError} if `records` cannot be iterated, or `handle` is not a function.
   * @example
   * import { CrontifyMonitor } from '@crontify/sdk'
   *
   * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'user-sync' })
   * await monitor.wrap(async (run) => {
   *   await run.each(['ada', 'grace'], async (name) => name.toUpperCase(), { concurrency: 2, stopOn: 10 })
   * })
   */
  each<Item>(
    records: Iterable<Item> | AsyncIterable<Item>,
    handle: (record: Item, index: number) => unknown,
    options?: EachOptions<Fields>,
  ): Promise<EachOutcome>
}
