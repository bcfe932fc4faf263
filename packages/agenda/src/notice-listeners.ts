import { nearestName } from '@crontify/protocol'
import { attempt, listen, warn } from '@crontify/sdk/adapter'
import type { AgendaLike, RunningJob } from './agenda-binding.ts'
import type { AgendaNotice } from './notice.ts'
import { idOf } from './retries.ts'

/** Listens for what no ping tells, until the returned function is called. */
export function noticeListeners(
  agenda: AgendaLike,
  watchedNames: readonly string[],
  onNotice: ((notice: AgendaNotice) => void) | undefined,
): () => void {
  const tell = (notice: AgendaNotice): void => {
    if (onNotice !== undefined) return attempt(() => onNotice(notice), undefined)
    if (notice.kind === 'unknown-job') {
      warn(
        `monitorAgenda has a monitor for the job "${notice.jobName}", which is not defined here; is it "${notice.nearest}"?`,
      )
    }
  }
  let hasChecked = false
  const running = new Set<RunningJob>()
  return listen(agenda, {
    start: (job: RunningJob, isRemote?: boolean) => {
      if (isRemote === true) return
      running.add(job)
      // By the first start everything is defined that this instance runs.
      if (!hasChecked) for (const notice of unknownJobs(agenda, watchedNames)) tell(notice)
      hasChecked = true
    },
    complete: (job: RunningJob) => void running.delete(job),
    // Agenda has a listener of its own for errors, so that one more changes nothing.
    error: (error: unknown) => {
      // Agenda cancels the job with this error before it emits it, and hands out its message.
      const job = [...running].find((one) => one.getCanceledMessage?.() === messageOf(error))
      if (job === undefined) return
      running.delete(job)
      tell({ kind: 'lock-lost', jobName: job.attrs.name, jobId: idOf(job), error })
    },
  })
}

function messageOf(error: unknown): unknown {
  return error instanceof Error ? error.message : error
}

function unknownJobs(agenda: AgendaLike, watchedNames: readonly string[]): AgendaNotice[] {
  const defined = Object.keys(agenda.definitions)
  const unwatched = defined.filter((name) => !watchedNames.includes(name))
  return watchedNames
    .filter((name) => !defined.includes(name))
    .flatMap((jobName) => {
      const nearest = nearestName(jobName, unwatched)
      return nearest === undefined ? [] : [{ kind: 'unknown-job' as const, jobName, nearest }]
    })
}
