import { attempt, warn } from '@crontify/sdk/adapter'
import type { WorkerEvents } from './bullmq-binding.ts'
import type { WorkerNotice } from './notice.ts'
import { schedulerOfJob } from './scheduler-of-job.ts'
import type { WorkerRuns } from './worker-runs.ts'

/** Listens for what no ping tells. */
export function noticeListeners(
  queueName: string,
  onNotice: ((notice: WorkerNotice) => void) | undefined,
  runs: WorkerRuns,
): Partial<WorkerEvents> {
  const tell = (notice: WorkerNotice): void => attempt(() => onNotice?.(notice), undefined)
  const closed = (): void => {
    const jobIds = runs.leaveAll()
    if (jobIds.length === 0) return
    if (onNotice !== undefined) return tell({ kind: 'closed-mid-job', jobIds })
    warn(
      `The worker of the queue "${queueName}" was closed while ${jobIds.length} monitored jobs were running (${jobIds.join(', ')}). Their runs stay open; the worker that takes them up ends them.`,
    )
  }
  if (onNotice === undefined) return { closed }
  return {
    closed,
    stalled: (jobId) => tell({ kind: 'stalled', jobId, schedulerId: schedulerOfJob(jobId) }),
    lockRenewalFailed: (jobIds) => tell({ kind: 'lock-lost', jobIds: [...jobIds] }),
  }
}
