import type { SpoolFolder } from '../spool-folder.ts'
import type { Destination } from '../queue/spool-record.ts'
import { claimDeadRuns, type DeadRun } from './dead-runs.ts'
import { createRunRecords, type OpenRunRecord, type StartedRun } from './open-run-record.ts'
import type { ProcessTable } from './process-table.ts'

/** Keeps account of open runs on disk, for the processes that come after a crash. Nothing here throws or rejects. */
export interface CrashRecords {
  /** `undefined` where nothing can be written, or too many runs are open. */
  open(run: StartedRun): OpenRunRecord | undefined
  /**
   * Runs of this destination whose process is gone, each handed to one caller in one process only.
   *
   * @param monitorId  Only this monitor's. @default every monitor's
   */
  claimDeadRuns(destination: Destination, monitorId?: string): Promise<readonly DeadRun[]>
}

export function openCrashRecords(folder: SpoolFolder, processes: ProcessTable): CrashRecords {
  return {
    open: createRunRecords(folder, processes),
    claimDeadRuns: (destination, monitorId) => claimDeadRuns(folder, processes, destination, monitorId),
  }
}
