import { join } from 'node:path'
import { MAX_FILE_BYTES, unframe } from '../queue/spool-frame.ts'
import { isExpired, MAX_NAMES_LOOKED_AT } from '../queue/spool-limits.ts'
import { destinationHash, readSpoolName } from '../queue/spool-name.ts'
import { orReleased } from '../queue/spool-reader.ts'
import { isSameDestination, type Destination } from '../queue/spool-record.ts'
import { unlessGone, type Claim } from '../spool-claim.ts'
import type { SpoolFolder } from '../spool-folder.ts'
import { readCrashRecord, type CrashRecord } from './crash-record.ts'
import type { ProcessTable } from './process-table.ts'

/** A run whose process is gone. Its methods never reject. */
export interface DeadRun {
  readonly record: CrashRecord
  /** It was reported, or handed to the spool. */
  done(): Promise<void>
  release(): Promise<void>
}

/** Milliseconds after its start for which a run is of interest; it may have run for days before it died. */
const RUN_LIFETIME_MS = 7 * 24 * 60 * 60_000

/** Takes the runs of a destination whose process is gone. Never rejects. */
export async function claimDeadRuns(
  folder: SpoolFolder,
  processes: ProcessTable,
  destination: Destination,
  monitorId: string | undefined,
): Promise<readonly DeadRun[]> {
  const { directory, health } = folder
  const { files } = folder.surroundings
  const dead: DeadRun[] = []
  if (!health.isUsable()) return dead
  try {
    for (const name of await files.list(directory, MAX_NAMES_LOOKED_AT)) {
      const original = await nameOfDeadRun(folder, processes, name, { destination, monitorId })
      const claim = original && (await folder.claims.take(name, original))
      if (!claim) continue
      const record = await orReleased(claim, opened(folder, claim, original, destination))
      if (record !== undefined) dead.push(asDead(folder, claim, record))
    }
  } catch (error) {
    health.failed('reading', error)
  }
  return dead
}

/** The file's own name if its run is dead. Looks before it claims: a living run's record must keep its name. */
async function nameOfDeadRun(
  { claims, directory, surroundings }: SpoolFolder,
  processes: ProcessTable,
  name: string,
  wanted: { readonly destination: Destination; readonly monitorId: string | undefined },
): Promise<string | undefined> {
  const { clock, files } = surroundings
  const read = readSpoolName(name)
  const original = read?.type === 'claim' ? read.of : name
  const run = readSpoolName(original)
  if (run?.type !== 'run' || run.destination !== destinationHash(wanted.destination)) return undefined
  if (read?.type === 'claim' && !(await claims.isExpired(name))) return undefined
  const bytes = await unlessGone(files.read(join(directory, name), MAX_FILE_BYTES))
  const record = readCrashRecord(bytes && unframe(bytes)?.value)
  // What cannot be read is nobody's run anymore: it is put aside by whoever claims it.
  if (record === undefined) return original
  if (wanted.monitorId !== undefined && record.monitorId !== wanted.monitorId) return undefined
  const state = processes.stateOf(record.process)
  const isDead = state === 'gone' || (state === 'unknown' && isTooOld(record, clock.now()))
  return isDead ? original : undefined
}

/** The record if its run is to be reported; otherwise the file is dealt with here. */
async function opened(
  folder: SpoolFolder,
  claim: Claim,
  name: string,
  destination: Destination,
): Promise<CrashRecord | undefined> {
  const { clock, files } = folder.surroundings
  const bytes = await files.read(claim.path, MAX_FILE_BYTES)
  const record = readCrashRecord(bytes && unframe(bytes)?.value)
  if (record === undefined || !isSameDestination(record, destination)) {
    await folder.quarantine(claim, name)
    return undefined
  }
  if (!isTooOld(record, clock.now())) return record
  await claim.done()
  return undefined
}

function isTooOld({ startedAt, end }: CrashRecord, now: number): boolean {
  if (end !== undefined) return isExpired(end.kind, Date.parse(end.occurredAt), now)
  return now - Date.parse(startedAt) > RUN_LIFETIME_MS
}

function asDead({ health }: SpoolFolder, claim: Claim, record: CrashRecord): DeadRun {
  const settle = (settling: Promise<void>): Promise<void> =>
    settling.catch((error: unknown) => health.failed('removing', error))
  return { record, done: () => settle(claim.done()), release: () => settle(claim.release()) }
}
