import { describeError } from '../redaction/describe-error.ts'
import { CrontifyEachError } from '../errors.ts'
import type { AnyMeta, MetaField, MetaShape } from '../definition/meta-types.ts'

/** How far `run.each` has come. */
export interface EachCounts {
  /** Records that went well. */
  readonly processed: number
  readonly failed: number
}

/** How the records are handled. */
export interface EachOptions<Fields extends MetaShape = AnyMeta> {
  /** Records that are under way at a time, integer, 1 to 1,000. @default 1 */
  readonly concurrency?: number | undefined
  /**
   * When so many have failed that the run shall fail: a number of failures, or a function that is asked after each one.
   * No further records are begun then. A function that throws says no.
   *
   * @default never: the counts are sent, and a rule such as `records_failed gt 10` judges them
   */
  readonly stopOn?: number | ((counts: EachCounts) => boolean) | undefined
  /** Metadata fields that are counted into. @default { processed: 'records_processed', failed: 'records_failed' } */
  readonly fields?:
    { readonly processed?: MetaField<Fields>; readonly failed?: MetaField<Fields> } | undefined
}

/** What became of the records. */
export interface EachOutcome extends EachCounts {
  /** The first 10 errors, with the position of their records. */
  readonly errors: readonly { readonly index: number; readonly error: unknown }[]
}

/** What is needed of the run. */
export interface EachContext {
  readonly signal: AbortSignal
  count(field: string, by: number): void
  log(line: string): void
  warn(message: string): void
}

const MAX_CONCURRENCY = 1_000
const MAX_ERRORS = 10

/** Behind `run.each`. */
export async function eachRecord<Item>(
  records: Iterable<Item> | AsyncIterable<Item>,
  handle: (record: Item, index: number) => unknown,
  options: EachOptions,
  context: EachContext,
): Promise<EachOutcome> {
  if (typeof handle !== 'function')
    throw new TypeError('run.each takes records and a function for one of them')
  const source = iteratorOf(records)
  const { processed: processedField = 'records_processed', failed: failedField = 'records_failed' } =
    options.fields ?? {}
  const { signal } = context
  const errors: { index: number; error: unknown }[] = []
  let processed = 0
  let failed = 0
  let index = 0
  let isOver = false
  let stop: { readonly error: unknown } | undefined
  // Both are sent in any case: what is not there cannot alert.
  context.count(processedField, 0)
  context.count(failedField, 0)

  const onError = (error: unknown, at: number): void => {
    failed++
    context.count(failedField, 1)
    if (errors.length < MAX_ERRORS) {
      errors.push({ index: at, error })
      context.log(`record ${at} failed: ${describeError(error).message}`)
      if (errors.length === MAX_ERRORS) context.log('further records that fail are only counted')
    }
    if (stop === undefined && isEnough(options.stopOn, { processed, failed })) {
      const text = enoughText({ processed, failed }, errors)
      stop = {
        error: new CrontifyEachError(
          text,
          errors.map((one) => one.error),
        ),
      }
    }
  }
  const handleNext = async (): Promise<void> => {
    while (!isOver && stop === undefined) {
      if (signal.aborted) return void (stop = { error: signal.reason as unknown })
      const next = await source.next()
      if (next.done === true) return void (isOver = true)
      const at = index++
      try {
        await handle(next.value, at)
      } catch (error) {
        onError(error, at)
        continue
      }
      processed++
      context.count(processedField, 1)
    }
  }
  const worker = (): Promise<void> =>
    handleNext().catch((error: unknown) => {
      // Nothing of the handling rejects, so the records themselves could not be read.
      isOver = true
      stop ??= { error }
    })
  await Promise.all(Array.from({ length: concurrencyOf(options.concurrency, context) }, worker))
  if (!isOver) await closeQuietly(source)
  if (stop !== undefined) throw stop.error
  return { processed, failed, errors }
}

/** One record at a time is read, whoever asks: a generator of the user's need not stand two questions at once. */
function iteratorOf<Item>(records: Iterable<Item> | AsyncIterable<Item>): AsyncIterator<Item> {
  const many = records as Partial<Iterable<Item> & AsyncIterable<Item>> | null | undefined
  const iterator = many?.[Symbol.asyncIterator]?.() ?? many?.[Symbol.iterator]?.()
  if (iterator === undefined)
    throw new TypeError('run.each takes an iterable of records, such as a list or a cursor')
  let last: Promise<unknown> = Promise.resolve()
  return {
    next: () => {
      const next = last.then(async () => iterator.next())
      last = next.catch(() => {})
      return next
    },
    return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
  }
}

async function closeQuietly(source: AsyncIterator<unknown>): Promise<void> {
  try {
    await source.return?.()
  } catch {
    // Why it ended is known; a cursor that cannot be closed adds nothing to it.
  }
}

function concurrencyOf(given: unknown, context: EachContext): number {
  if (given === undefined) return 1
  if (Number.isInteger(given) && (given as number) >= 1) return Math.min(given as number, MAX_CONCURRENCY)
  context.warn(`concurrency of run.each is a whole number from 1 to ${MAX_CONCURRENCY}; 1 is used`)
  return 1
}

function isEnough(stopOn: EachOptions['stopOn'], counts: EachCounts): boolean {
  if (typeof stopOn === 'number') return counts.failed >= stopOn
  try {
    return typeof stopOn === 'function' && stopOn(counts)
  } catch {
    return false
  }
}

function enoughText({ processed, failed }: EachCounts, errors: EachOutcome['errors']): string {
  const first = describeError(errors[0]?.error).message
  return `${failed} of ${processed + failed} records failed, which is enough to stop; the first with: ${first}`
}
