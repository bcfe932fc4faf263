import { join } from 'node:path'
import { ignoringErrors } from '../ignoring-errors.ts'
import { unlessGone, type Claim } from '../spool-claim.ts'
import { fileErrorCode } from '../spool-files.ts'
import type { SpoolFolder } from '../spool-folder.ts'
import { frame } from './spool-frame.ts'
import { MAX_NAMES_LOOKED_AT, namesToDrop } from './spool-limits.ts'
import { pingName, unfinishedName } from './spool-name.ts'
import { readSpoolRecord, type SpoolRecord } from './spool-record.ts'

/** Puts records on the disk. No method throws or rejects. */
export interface SpoolWriter {
  write(record: SpoolRecord): Promise<boolean>
  /** Writes a record that this process goes on working on; `undefined` if it could not be written. */
  writeClaimed(record: SpoolRecord): Promise<Claim | undefined>
  writeSync(record: SpoolRecord): boolean
  counts(): { readonly written: number; readonly notWritten: number; readonly droppedForSpace: number }
}

/** How much may lie in the directory. */
export interface SpoolLimits {
  readonly maxFiles: number
  readonly maxBytes: number
}

/**
 * A record is written under a name that no reader looks at, brought to the disk, and renamed: whoever kills this
 * process, and wherever, a reader finds all of it or nothing.
 *
 * The synchronous method takes the same steps; an exit handler cannot wait for a promise.
 */
export function createSpoolWriter(folder: SpoolFolder, limits: SpoolLimits): SpoolWriter {
  const { claims, directory, health, surroundings } = folder
  const { files } = surroundings
  const counts = { written: 0, notWritten: 0, droppedForSpace: 0 }
  const maxNames = limits.maxFiles + MAX_NAMES_LOOKED_AT

  const wrote = <Value>(value: Value): Value => {
    health.worked()
    counts.written++
    return value
  }
  const wroteNot = <Value>(value: Value): Value => {
    counts.notWritten++
    return value
  }

  /** @param target  Takes the name for a file that anybody may take, and says where this one goes. */
  const writeAs = async <Path extends { readonly path: string }>(
    record: SpoolRecord,
    target: (name: string) => Path,
  ): Promise<Path | undefined> => {
    const text = textOf(record)
    if (text === undefined || !health.isUsable()) return wroteNot(undefined)
    let leftovers: readonly string[] = []
    try {
      const plan = planOf(folder, limits, record, text, await files.list(directory, maxNames))
      if (plan === undefined) return wroteNot(undefined)
      for (const name of plan.drop) {
        const isGone = await unlessGone(files.remove(join(directory, name)).then(() => true))
        if (isGone === true) counts.droppedForSpace++
      }
      const chosen = target(plan.name)
      leftovers = [plan.unfinished, chosen.path]
      await files.writeNew(plan.unfinished, text)
      await files.rename(plan.unfinished, chosen.path)
      await files.syncDirectory(directory)
      return wrote(chosen)
    } catch (error) {
      health.failed('writing', error)
      // What cannot be removed either is an orphan, and a reader removes it later.
      for (const path of leftovers) await files.remove(path).catch(() => {})
      return wroteNot(undefined)
    }
  }

  return {
    write: async (record) =>
      (await writeAs(record, (name) => ({ path: join(directory, name) }))) !== undefined,
    writeClaimed: async (record) => {
      let claim: Claim | undefined
      const kept = await writeAs(record, (name) => (claim = claims.own(name)))
      if (kept === undefined) await claim?.done().catch(() => {})
      return kept
    },
    writeSync: (record) => {
      const text = textOf(record)
      if (text === undefined || !health.isUsable()) return wroteNot(false)
      let leftovers: readonly string[] = []
      try {
        const plan = planOf(folder, limits, record, text, files.listSync(directory, maxNames))
        if (plan === undefined) return wroteNot(false)
        for (const name of plan.drop) {
          if (removedSync(() => files.removeSync(join(directory, name)))) counts.droppedForSpace++
        }
        const path = join(directory, plan.name)
        leftovers = [plan.unfinished, path]
        files.writeNewSync(plan.unfinished, text, true)
        files.renameSync(plan.unfinished, path)
        files.syncDirectorySync(directory)
        return wrote(true)
      } catch (error) {
        health.failed('writing', error)
        for (const path of leftovers) ignoringErrors(() => files.removeSync(path))
        return wroteNot(false)
      }
    },
    counts: () => ({ ...counts }),
  }
}

/** All that is to be done; `undefined` if the limits leave no room for this very record. */
function planOf(
  { directory, newUnique }: SpoolFolder,
  { maxFiles, maxBytes }: SpoolLimits,
  record: SpoolRecord,
  text: string,
  present: readonly string[],
) {
  const unique = newUnique()
  const name = pingName(record, Buffer.byteLength(text), unique)
  const drop = namesToDrop([...present, name], maxFiles, maxBytes)
  const unfinished = join(directory, unfinishedName(unique))
  return drop.includes(name) ? undefined : { unfinished, name, drop }
}

/** Without its log if it would be too long with it: that a run failed matters more than how. */
function textOf(record: SpoolRecord): string | undefined {
  if (readSpoolRecord(record) === undefined) return undefined
  const whole = frame(record)
  if (whole !== undefined || record.body === undefined) return whole
  const { logOutput: _, ...body } = record.body as { readonly logOutput?: string }
  return frame({ ...record, body })
}

function removedSync(remove: () => void): boolean {
  try {
    remove()
    return true
  } catch (error) {
    // Another process was faster.
    if (fileErrorCode(error) === 'ENOENT') return false
    throw error
  }
}
