import { attempt, nameOf, readRunOptions } from '@crontify/sdk/adapter'
import type { QueueLike } from './bullmq-binding.ts'
import type { Clock } from './clock.ts'
import { lookAtSchedulers, noticeKey } from './look-at-schedulers.ts'
import type { SchedulerNotice } from './notice.ts'
import { readInterval } from './read-interval.ts'
import { systemClock } from './system-clock.ts'

/** How {@link watchSchedulers} looks at a queue. */
export interface WatchSchedulersOptions {
  /** Told what is wrong, once for each trouble. Whatever it throws is ignored. */
  readonly onNotice: (notice: SchedulerNotice) => void
  /**
   * The object that `monitorWorker` has, or any other whose keys are ids of job schedulers: an id that the queue does not have
   * is told, with the one that was probably meant.
   */
  readonly monitors?: Readonly<Record<string, unknown>> | undefined
  /**
   * Milliseconds from one look to the next, at least 1,000.
   *
   * @default 60_000
   */
  readonly everyMs?: number | undefined
  /**
   * Milliseconds that the next firing of a scheduler may lie in the past.
   *
   * @default 60_000
   */
  readonly lateAfterMs?: number | undefined
}

/**
 * Looks at the job schedulers of a queue at once and every minute, and tells which of them do not fire, and which ids of
 * monitors have no scheduler.
 *
 * Crontify finds a job that does not come by itself, as `missed`; this tells why, and where. One process of all is enough. A look
 * asks the store for the list of schedulers and for each of them, so with hundreds of schedulers look less often.
 *
 * @returns a function that ends it. It never holds the process.
 * @throws {TypeError} for something else than a queue, `RangeError` for spans that are none. Nothing is thrown later: a
 * queue that cannot be asked is a notice.
 * @example
 * import { watchSchedulers } from '@crontify/bullmq'
 * import { Queue } from 'bullmq'
 *
 * const queue = new Queue('reports', { connection: { port: 6379 } })
 * const stop = watchSchedulers(queue, { onNotice: (notice) => console.warn(notice) })
 */
export function watchSchedulers(queue: QueueLike, options: WatchSchedulersOptions): () => void {
  return watchSchedulersBy(systemClock, queue, options)
}

/** {@link watchSchedulers} on any clock. */
export function watchSchedulersBy(
  clock: Clock,
  queue: QueueLike,
  options: WatchSchedulersOptions,
): () => void {
  if (typeof (queue as Partial<QueueLike> | null | undefined)?.getJobSchedulers !== 'function') {
    throw new TypeError(`watchSchedulers takes a Queue of BullMQ; this is ${nameOf(queue)}`)
  }
  const known = readRunOptions('watchSchedulers', options, {
    onNotice: [],
    monitors: [],
    everyMs: [],
    lateAfterMs: [],
  })
  const { onNotice, monitors = {}, everyMs = 60_000, lateAfterMs = 60_000 } = known
  if (typeof onNotice !== 'function') {
    throw new TypeError(`onNotice of watchSchedulers must be a function, got ${nameOf(onNotice)}`)
  }
  if (Object(monitors) !== monitors) {
    throw new TypeError(
      `monitors of watchSchedulers must be an object, named by the job scheduler, got ${nameOf(monitors)}`,
    )
  }
  if (!(lateAfterMs >= 0)) {
    throw new RangeError(
      `lateAfterMs of watchSchedulers must be a number of milliseconds, 0 or more, got ${String(lateAfterMs)}`,
    )
  }
  const waitMs = readInterval(everyMs, 1_000, 'watchSchedulers')
  let told: ReadonlySet<string> = new Set()
  let isLooking = false
  let isEnded = false
  const look = async (): Promise<void> => {
    // A store that answers slowly is not asked again before it has answered.
    if (isLooking) return
    isLooking = true
    const notices = await read(queue, (schedulers) =>
      lookAtSchedulers({ schedulers, expectedIds: Object.keys(monitors), now: clock.now(), lateAfterMs }),
    )
    isLooking = false
    if (isEnded) return
    const before = told
    told = new Set(notices.map(noticeKey))
    for (const notice of notices) {
      if (!before.has(noticeKey(notice))) attempt(() => onNotice(notice), undefined)
    }
  }
  const stop = clock.every(waitMs, () => void look())
  void look()
  return () => {
    isEnded = true
    stop()
  }
}

async function read(
  queue: QueueLike,
  judge: (schedulers: Awaited<ReturnType<QueueLike['getJobSchedulers']>>) => SchedulerNotice[],
): Promise<SchedulerNotice[]> {
  try {
    return judge(await queue.getJobSchedulers())
  } catch (error) {
    return [{ kind: 'unreadable', error }]
  }
}
