import type { FailOptions, Meta } from '@crontify/protocol'
import { LOG_HEADING } from './log/compose-log.ts'
import { describeError, type ErrorDescription } from '../redaction/describe-error.ts'
import { runsOf } from './runs-of.ts'
import { settleWithin } from '../settle-within.ts'
import { systemClock } from '../system-clock.ts'

/** What an adapter needs of a monitor. A `CrontifyMonitor` is one, and so is a test double. */
export interface Pinger {
  start(): unknown
  success(options?: { readonly meta?: MetaOfAnyMonitor | undefined }): unknown
  fail(
    options?: (Omit<FailOptions, 'meta'> & { readonly meta?: MetaOfAnyMonitor | undefined }) | Error | string,
  ): unknown
}

/** Wide enough that a monitor whose definition knows its fields is a {@link Pinger} too. */
type MetaOfAnyMonitor = Readonly<Record<string, number | undefined>>

/** Settings of a run tracker. */
export interface TrackerOptions {
  /** Called when a run fails whose fail ping is not sent, because a newer run has started. */
  readonly onSuperseded?: (error: unknown) => void
}

/** What a run has gathered before it failed. */
export interface GatheredByRun {
  readonly meta?: Meta | undefined
  /** Lines for the log, which stand below the error and its causes. */
  readonly log?: string | undefined
}

/**
 * Follows the runs of one monitor for an adapter: by keys of the scheduler, without waiting, without throwing.
 *
 * A key names one run: a scheduler's execution id, or a new symbol for each call.
 */
export interface RunTracker {
  /** A run begins: sends its start ping. */
  open(key: unknown): void
  /** A run goes on whose start ping was sent before, perhaps by another process: sends nothing. */
  adopt(key: unknown): void
  /** The run went well: sends its success ping, unless a newer run has started. */
  succeed(key: unknown, meta?: Meta): void
  /** The run failed: sends its fail ping, unless a newer run has started. */
  fail(key: unknown, error: unknown, gathered?: GatheredByRun): void
  /**
   * Waits until the pings sent so far have ended, at most `withinMs` milliseconds. For shutdown.
   *
   * Never rejects: true if all have ended in time.
   */
  settled(withinMs: number): Promise<boolean>
}

/**
 * Makes the tracker of one monitor. Trackers of the same monitor object know of each other's runs.
 *
 * Nothing here throws or rejects, also when the monitor does: a scheduler must not suffer from its watcher.
 *
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { createRunTracker } from '@crontify/sdk/adapter'
 *
 * const runs = createRunTracker(new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' }))
 * runs.open('run-1')
 * runs.succeed('run-1', { files_copied: 120 })
 * await runs.settled(5_000)
 */
export function createRunTracker(monitor: Pinger, options: TrackerOptions = {}): RunTracker {
  const runs = runsOf(monitor)
  const underWay = new Set<Promise<void>>()
  const send = (ping: () => unknown): void => {
    // The monitor keeps the order of its pings; nothing here waits for one.
    const ended = attempt(ping).finally(() => underWay.delete(ended))
    underWay.add(ended)
  }
  return {
    open: (key) => {
      send(() => monitor.start())
      // After the ping, because a monitor takes a start without a key for a run of its own.
      runs.gate.enter(key)
    },
    adopt: (key) => runs.gate.enter(key),
    succeed: (key, meta) => {
      if (runs.gate.leave(key))
        send(() => (meta === undefined ? monitor.success() : monitor.success({ meta })))
    },
    fail: (key, error, gathered) => {
      if (runs.gate.leave(key)) return send(() => monitor.fail(withGathered(describeError(error), gathered)))
      runs.onSkippedEnd()
      runs.onSuperseded(error)
      quietly(() => options.onSuperseded?.(error))
    },
    settled: async (withinMs) => {
      const all = Promise.all([...underWay, runs.idle()]).then(() => true)
      return (await settleWithin(all, withinMs, systemClock)) ?? false
    },
  }
}

function withGathered({ message, log }: ErrorDescription, gathered: GatheredByRun = {}): FailOptions {
  const logs = [log, gathered.log].filter((text) => text !== undefined && text !== '')
  return { message, log: logs.length === 0 ? undefined : logs.join(LOG_HEADING), meta: gathered.meta }
}

async function attempt(ping: () => unknown): Promise<void> {
  try {
    await ping()
  } catch {
    // With `silent: false` a monitor rejects; what failed is in its error, and the job is not its place.
  }
}

function quietly(callback: () => unknown): void {
  try {
    callback()
  } catch {
    // A callback of the user's must not reach the scheduler.
  }
}
