import { join } from 'node:path'
import { unlessGone } from './spool-claim.ts'
import { fileErrorCode } from './spool-files.ts'
import type { SpoolFolder } from './spool-folder.ts'
import { frame } from './spool-frame.ts'
import { MAX_NAMES_LOOKED_AT, namesToDrop } from './spool-limits.ts'
import { pingName, unfinishedName } from './spool-name.ts'
import { readSpoolRecord, type SpoolRecord } from './spool-record.ts'

/** Puts records on the disk. Neither method throws or rejects. */
export interface SpoolWriter {
  write(record: SpoolRecord): Promise<boolean>
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
 * The two methods take the same steps; an exit handler cannot wait for a promise.
 */
export function createSpoolWriter(folder: SpoolFolder, { maxFiles, maxBytes }: SpoolLimits): SpoolWriter {
  const { directory, health, surroundings } = folder
  const { files } = surroundings
  const counts = { written: 0, notWritten: 0, droppedForSpace: 0 }
  const maxNames = maxFiles + MAX_NAMES_LOOKED_AT

  /** All that is to be done; `undefined` if the limits leave no room for this very record. */
  const planFor = (record: SpoolRecord, text: string, present: readonly string[]) => {
    const unique = folder.newUnique()
    const name = pingName(record, Buffer.byteLength(text), unique)
    const drop = namesToDrop([...present, name], maxFiles, maxBytes)
    const unfinished = join(directory, unfinishedName(unique))
    return drop.includes(name) ? undefined : { unfinished, path: join(directory, name), drop }
  }
  const written = (): true => {
    health.worked()
    counts.written++
    return true
  }
  const notWritten = (): false => {
    counts.notWritten++
    return false
  }

  return {
    write: async (record) => {
      const text = textOf(record)
      if (text === undefined || !health.isUsable()) return notWritten()
      let leftovers: readonly string[] = []
      try {
        const plan = planFor(record, text, await files.list(directory, maxNames))
        if (plan === undefined) return notWritten()
        for (const name of plan.drop) {
          const isGone = await unlessGone(files.remove(join(directory, name)).then(() => true))
          if (isGone === true) counts.droppedForSpace++
        }
        leftovers = [plan.unfinished, plan.path]
        await files.writeNew(plan.unfinished, text)
        await files.rename(plan.unfinished, plan.path)
        await files.syncDirectory(directory)
        return written()
      } catch (error) {
        health.failed('writing', error)
        // What cannot be removed either is an orphan, and a reader removes it later.
        for (const path of leftovers) await files.remove(path).catch(() => {})
        return notWritten()
      }
    },
    writeSync: (record) => {
      const text = textOf(record)
      if (text === undefined || !health.isUsable()) return notWritten()
      let leftovers: readonly string[] = []
      try {
        const plan = planFor(record, text, files.listSync(directory, maxNames))
        if (plan === undefined) return notWritten()
        for (const name of plan.drop) {
          if (removedSync(() => files.removeSync(join(directory, name)))) counts.droppedForSpace++
        }
        leftovers = [plan.unfinished, plan.path]
        files.writeNewSync(plan.unfinished, text, true)
        files.renameSync(plan.unfinished, plan.path)
        files.syncDirectorySync(directory)
        return written()
      } catch (error) {
        health.failed('writing', error)
        for (const path of leftovers) ignoringErrors(() => files.removeSync(path))
        return notWritten()
      }
    },
    counts: () => ({ ...counts }),
  }
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

/** Runs what is worth a try and no more. */
export function ignoringErrors(action: () => void): void {
  try {
    action()
  } catch {
    // Nothing depends on it.
  }
}
