import { join } from 'node:path'
import { MAX_LOG_OUTPUT_LENGTH } from '@crontify/protocol'
import type { Cancel } from '../../clock.ts'
import { ignoringErrors } from '../ignoring-errors.ts'
import { frame } from '../queue/spool-frame.ts'
import { runName, unfinishedName } from '../queue/spool-name.ts'
import { recordOf, type Destination, type SpoolablePing } from '../queue/spool-record.ts'
import type { SpoolFolder } from '../spool-folder.ts'
import { readCrashRecord, type CrashRecord } from './crash-record.ts'
import type { ProcessTable } from './process-table.ts'

/** A run that begins. */
export interface StartedRun extends Destination {
  readonly monitorId: string
  readonly runId: string
  /** ISO-8601, UTC, with milliseconds. */
  readonly startedAt: string
}

/** The journal's record of one run. Its methods never throw. */
export interface OpenRunRecord {
  /**
   * Keeps the last lines of the log, redacted by the caller; written at most once a second.
   *
   * @param log  Asked for the whole tail, not what is new of it, when it is written. Must not throw.
   */
  refresh(log: () => string): void
  /** The run ended, and its end is on its way: whoever finds the record delivers this end. True once it is written. */
  ended(ping: SpoolablePing): boolean
  /** Nothing is left to report: the end was delivered, is in the queue, or is not needed. */
  remove(): void
}

/** Most runs of one process that are written down at a time. */
const MAX_OPEN_RUNS = 100
/** Milliseconds between two writings of one run's log. */
const REFRESH_MS = 1_000

/**
 * All writing is synchronous, and not brought through to the disk: it has to outlive the process, not the power,
 * and takes about a millisecond. A write under way in the background could bring a record back that
 * was just removed.
 */
export function createRunRecords(
  folder: SpoolFolder,
  processes: ProcessTable,
): (run: StartedRun) => OpenRunRecord | undefined {
  let openRuns = 0
  return (run) => {
    const record: CrashRecord = { version: 1, ...run, process: processes.self, log: '' }
    if (openRuns >= MAX_OPEN_RUNS || readCrashRecord(record) === undefined) return undefined
    const path = join(folder.directory, runName(run.startedAt, run, folder.newUnique()))
    if (!write(folder, path, record)) return undefined
    openRuns++
    return openRecord(folder, path, record, () => openRuns--)
  }
}

function openRecord(
  folder: SpoolFolder,
  path: string,
  record: CrashRecord,
  onRemoved: () => void,
): OpenRunRecord {
  const { clock, files } = folder.surroundings
  let state: 'open' | 'ended' | 'removed' = 'open'
  let nextRefreshAt = clock.monotonic() + REFRESH_MS
  let latestLog = (): string => ''
  let stopRefresh: Cancel | undefined
  const refreshNow = (): void => {
    stopRefresh = undefined
    nextRefreshAt = clock.monotonic() + REFRESH_MS
    write(folder, path, { ...record, log: latestLog().slice(-MAX_LOG_OUTPUT_LENGTH) })
  }
  return {
    refresh: (log) => {
      if (state !== 'open') return
      latestLog = log
      if (stopRefresh !== undefined) return
      const waitMs = nextRefreshAt - clock.monotonic()
      if (waitMs <= 0) refreshNow()
      // The last lines before a crash are the ones that matter, so they are put off and not skipped.
      else stopRefresh = clock.schedule(refreshNow, waitMs, false)
    },
    ended: (ping) => {
      if (state !== 'open') return false
      state = 'ended'
      stopRefresh?.()
      const end = recordOf(ping, destinationOf(record))
      return end !== undefined && write(folder, path, { ...record, end })
    },
    remove: () => {
      if (state === 'removed') return
      state = 'removed'
      onRemoved()
      stopRefresh?.()
      ignoringErrors(() => files.removeSync(path))
    },
  }
}

function destinationOf({ origin, pathPrefix, keyFingerprint }: Destination): Destination {
  return { origin, pathPrefix, keyFingerprint }
}

function write(
  { directory, health, newUnique, surroundings }: SpoolFolder,
  path: string,
  record: CrashRecord,
): boolean {
  const { files } = surroundings
  const text = frame(record) ?? frame(withoutLogs(record))
  if (text === undefined || !health.isUsable()) return false
  const unfinished = join(directory, unfinishedName(newUnique()))
  try {
    files.writeNewSync(unfinished, text, false)
    files.renameSync(unfinished, path)
    health.worked()
    return true
  } catch (error) {
    health.failed('writing', error)
    ignoringErrors(() => files.removeSync(unfinished))
    return false
  }
}

/** That a run failed matters more than how. */
function withoutLogs(record: CrashRecord): CrashRecord {
  const { end } = record
  if (end?.body === undefined) return { ...record, log: '' }
  const { logOutput: _, ...body } = end.body as { readonly logOutput?: string }
  return { ...record, log: '', end: { ...end, body } }
}
