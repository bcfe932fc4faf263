import { join } from 'node:path'
import { MAX_LOG_OUTPUT_LENGTH } from '@crontify/protocol'
import type { Cancel } from '../../clock.ts'
import { readCrashRecord, type CrashRecord } from './crash-record.ts'
import type { ProcessTable } from './process-table.ts'
import { unlessGone, type Claim } from '../spool-claim.ts'
import type { SpoolFolder } from '../spool-folder.ts'
import { frame, MAX_FILE_BYTES, unframe } from '../queue/spool-frame.ts'
import { MAX_NAMES_LOOKED_AT } from '../queue/spool-limits.ts'
import { destinationHash, readSpoolName, runName, unfinishedName } from '../queue/spool-name.ts'
import { orReleased } from '../queue/spool-reader.ts'
import { isSameDestination, type Destination } from '../queue/spool-record.ts'
import { ignoringErrors } from '../queue/spool-writer.ts'

/** A run that begins. */
export interface StartedRun extends Destination {
  readonly monitorId: string
  readonly runId: string
  /** ISO-8601, UTC, with milliseconds. */
  readonly startedAt: string
}

/** The record of one open run. Its methods never throw. */
export interface OpenRunRecord {
  /**
   * Keeps the last lines of the log, redacted by the caller; written at most once a second.
   *
   * @param log  Asked for the whole tail, not what is new of it, when it is written. Must not throw.
   */
  refresh(log: () => string): void
  /**
   * The run ended, and this process can tell. To be called when the job is over, before its last ping goes out:
   * a record that outlives its run would later be reported as a crash.
   */
  remove(): void
}

/** A run whose process is gone. Its methods never reject. */
export interface DeadRun {
  readonly record: CrashRecord
  /** It was told, or handed to the spool. */
  done(): Promise<void>
  release(): Promise<void>
}

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

/** Most runs of one process that are written down at a time. */
const MAX_OPEN_RUNS = 100
/** Milliseconds between two writings of one run's log. */
const REFRESH_MS = 1_000
/** Milliseconds after its start for which a run is of interest; it may have run for days before it died. */
const RUN_LIFETIME_MS = 7 * 24 * 60 * 60_000

/**
 * All writing is synchronous, and not brought through to the disk: it has to outlive the process, not the power,
 * and takes about a millisecond. A write under way in the background could bring a record back that
 * was just removed.
 */
export function openCrashRecords(folder: SpoolFolder, processes: ProcessTable): CrashRecords {
  const { claims, directory, health, surroundings } = folder
  const { clock, files } = surroundings
  let openRuns = 0

  const write = (path: string, record: CrashRecord): boolean => {
    const text = frame(record) ?? frame({ ...record, log: '' })
    if (text === undefined || !health.isUsable()) return false
    const unfinished = join(directory, unfinishedName(folder.newUnique()))
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

  const asDead = (claim: Claim, record: CrashRecord): DeadRun => {
    const settle = (settling: Promise<void>): Promise<void> =>
      settling.catch((error: unknown) => health.failed('removing', error))
    return { record, done: () => settle(claim.done()), release: () => settle(claim.release()) }
  }

  /** The record if its run is dead; otherwise the file is dealt with here. */
  const opened = async (
    claim: Claim,
    name: string,
    destination: Destination,
  ): Promise<CrashRecord | undefined> => {
    const bytes = await files.read(claim.path, MAX_FILE_BYTES)
    const record = readCrashRecord(bytes && unframe(bytes)?.value)
    if (record === undefined || !isSameDestination(record, destination)) {
      await folder.quarantine(claim, name)
      return undefined
    }
    if (isTooOld(record)) {
      await claim.done()
      return undefined
    }
    return record
  }

  const isTooOld = (record: CrashRecord): boolean =>
    clock.now() - Date.parse(record.startedAt) > RUN_LIFETIME_MS

  /** Looks before it claims: a living run's record must not lose its name, not even for a moment. */
  const isDead = async (name: string, monitorId: string | undefined): Promise<boolean> => {
    const bytes = await unlessGone(files.read(join(directory, name), MAX_FILE_BYTES))
    const record = readCrashRecord(bytes && unframe(bytes)?.value)
    // What cannot be read is nobody's run any more: it is put aside by whoever claims it.
    if (record === undefined) return true
    if (monitorId !== undefined && record.monitorId !== monitorId) return false
    const state = processes.stateOf(record.process)
    return state === 'gone' || (state === 'unknown' && isTooOld(record))
  }

  const deadRun = async (
    name: string,
    destination: Destination,
    monitorId: string | undefined,
  ): Promise<DeadRun | undefined> => {
    const read = readSpoolName(name)
    const original = read?.type === 'claim' ? read.of : name
    const run = readSpoolName(original)
    if (run?.type !== 'run' || run.destination !== destinationHash(destination)) return undefined
    if (read?.type === 'claim' && !(await claims.isExpired(name))) return undefined
    if (!(await isDead(name, monitorId))) return undefined
    const claim = await claims.take(name, original)
    const record = claim && (await orReleased(claim, opened(claim, original, destination)))
    return claim && record && asDead(claim, record)
  }

  return {
    open: (run) => {
      const record = { version: 1, ...run, process: processes.self, log: '' } as const
      if (openRuns >= MAX_OPEN_RUNS || readCrashRecord(record) === undefined) return undefined
      const path = join(directory, runName(run.startedAt, run, folder.newUnique()))
      if (!write(path, record)) return undefined
      openRuns++
      let isOpen = true
      let nextRefreshAt = clock.monotonic() + REFRESH_MS
      let latestLog = (): string => ''
      let stopRefresh: Cancel | undefined
      const refreshNow = (): void => {
        stopRefresh = undefined
        nextRefreshAt = clock.monotonic() + REFRESH_MS
        write(path, { ...record, log: latestLog().slice(-MAX_LOG_OUTPUT_LENGTH) })
      }
      return {
        refresh: (log) => {
          if (!isOpen) return
          latestLog = log
          if (stopRefresh !== undefined) return
          const waitMs = nextRefreshAt - clock.monotonic()
          if (waitMs <= 0) refreshNow()
          // The last lines before a crash are the ones that matter, so they are not skipped but put off.
          else stopRefresh = clock.schedule(refreshNow, waitMs, false)
        },
        remove: () => {
          if (!isOpen) return
          isOpen = false
          openRuns--
          stopRefresh?.()
          ignoringErrors(() => files.removeSync(path))
        },
      }
    },
    claimDeadRuns: async (destination, monitorId) => {
      const dead: DeadRun[] = []
      if (!health.isUsable()) return dead
      try {
        for (const name of await files.list(directory, MAX_NAMES_LOOKED_AT)) {
          const run = await deadRun(name, destination, monitorId)
          if (run !== undefined) dead.push(run)
        }
      } catch (error) {
        health.failed('reading', error)
      }
      return dead
    },
  }
}
