import { nearestName } from '@crontify/protocol'
import type { SchedulerLike } from './bullmq-binding.ts'
import type { SchedulerNotice } from './notice.ts'

/** What one look at the schedulers of a queue is judged by. */
export interface Look {
  readonly schedulers: readonly SchedulerLike[]
  /** Ids that a monitor is meant for. */
  readonly expectedIds: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: number
  readonly lateAfterMs: number
}

/** Everything that is wrong at this moment, told before or not. */
export function lookAtSchedulers({ schedulers, expectedIds, now, lateAfterMs }: Look): SchedulerNotice[] {
  const known = schedulers.map(({ key }) => key)
  const unknown = expectedIds.filter((id) => !known.includes(id))
  return [
    ...unknown.map((schedulerId) => ({
      kind: 'unknown-scheduler' as const,
      schedulerId,
      nearest: nearestName(
        schedulerId,
        known.filter((id) => !expectedIds.includes(id)),
      ),
    })),
    ...schedulers.flatMap(({ key, next }) =>
      next !== undefined && now - next > lateAfterMs
        ? [
            {
              kind: 'overdue' as const,
              schedulerId: key,
              expectedAt: new Date(next),
              lateByMs: now - next,
            },
          ]
        : [],
    ),
  ]
}

/** Equal for two notices of the same trouble; an overdue scheduler is told once for each firing. */
export function noticeKey(notice: SchedulerNotice): string {
  switch (notice.kind) {
    case 'overdue':
      return `overdue ${notice.expectedAt.getTime()} ${notice.schedulerId}`
    case 'unknown-scheduler':
      return `unknown ${notice.schedulerId}`
    case 'unreadable':
      return 'unreadable'
  }
}
