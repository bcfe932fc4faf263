import type { EventContext } from './cron-task.ts'
import type { TaskNotice } from './task-notice.ts'

type OnNotice = (notice: TaskNotice) => unknown

/** Which events of a task are notices, and how they are told. */
export function noticeListeners(
  onNotice: OnNotice | undefined,
): Readonly<Record<string, (context: EventContext | undefined) => void>> {
  if (onNotice === undefined) return {}
  const tell = (notice: TaskNotice): void => {
    // An asynchronous callback may reject, and nobody else would handle it.
    void new Promise((resolve) => resolve(onNotice(notice))).catch(() => {})
  }
  const simple =
    (kind: 'overlap' | 'missed' | 'max-reached') =>
    (context: EventContext | undefined): void =>
      tell({ kind, at: instantOf(context) })
  return {
    'execution:overlap': simple('overlap'),
    'execution:missed': simple('missed'),
    'execution:maxReached': simple('max-reached'),
    'execution:skipped': (context) => {
      const kind = context?.reason === 'coordinator-error' ? 'coordinator-error' : 'not-elected'
      tell({ kind, at: instantOf(context) })
    },
    'task:failed': (context) => tell({ kind: 'process-lost', at: instantOf(context), error: context?.error }),
  }
}

/** From the process of a file task dates come as texts. */
function instantOf(context: EventContext | undefined): Date {
  return new Date(context?.date ?? Number.NaN)
}
