import { isMonitorId } from '@crontify/protocol'
import { UsageError } from '../command-line/command-spec.ts'
import type { ExecOptions } from './exec-options.ts'
import { processStart } from './process-start.ts'
import { takeRunLock } from './run-lock.ts'

/** The lock of `--no-overlap`. */
export type ExecLock =
  | {
      readonly type: 'taken'
      /** The job holds it too: it may outlive us. */
      addJob(pid: number | undefined): void
      release(): void
    }
  | { readonly type: 'held'; readonly pid: number }

/** Takes the lock of a monitor. @throws {UsageError} if there can be none; then the job must not run. */
export function lockRun({ monitorId, lockDirectory }: ExecOptions): ExecLock {
  const uid = process.getuid?.() ?? 0
  if (!isMonitorId(monitorId))
    throw new UsageError(`"${monitorId}" is not a monitor id, so it cannot be locked`)
  try {
    // Not where the environment points: under cron it differs from a terminal's, and the lock must be the same.
    const lock = takeRunLock(lockDirectory ?? `/tmp/crontify-${uid}`, monitorId, {
      self: { pid: process.pid, startedAt: processStart(process.pid) ?? '' },
      uid,
      startOf: processStart,
    })
    if (lock.type === 'held') return lock
    return {
      type: 'taken',
      addJob: (pid) => {
        if (pid !== undefined) lock.addHolder({ pid, startedAt: processStart(pid) ?? '' })
      },
      release: lock.release,
    }
  } catch (error) {
    throw new UsageError(`--no-overlap cannot lock. Nothing was run: ${(error as Error).message}`)
  }
}
