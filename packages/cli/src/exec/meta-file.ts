import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a job has left in its metadata file. */
export type MetaText =
  | { readonly type: 'text'; readonly text: string }
  /** It is not what it should be, and was not read. */
  | { readonly type: 'refused'; readonly problem: string }

/** Larger than any metadata; the service takes numbers only. */
export const MAX_META_BYTES: number = 64 * 1024
const OWNER_ONLY = 0o600

/** Creates the file to which a job can write metadata; `undefined` if the disk refuses. */
export function createMetaFile(folder: string): string | undefined {
  const path = join(folder, 'meta')
  try {
    writeFileSync(path, '', { mode: OWNER_ONLY, flag: 'wx' })
    return path
  } catch {
    return undefined
  }
}

/**
 * Reads what a job has written; an empty text if the file is gone.
 *
 * Reads regular files only and follows no link: a job may have left a FIFO there, on which reading would block, or a link to a
 * file that is not its own.
 */
export function readMetaFile(path: string): MetaText {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return { type: 'text', text: '' }
  if (!found.isFile()) return refused('it must be a regular file')
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    return refused(`it cannot be opened (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  }
  try {
    // Looked at again, because it may be another file by now.
    const opened = fstatSync(file)
    if (!opened.isFile()) return refused('it must be a regular file')
    if (opened.size > MAX_META_BYTES) return refused(`it must have at most 64 kB, got ${opened.size} bytes`)
    const room = Buffer.alloc(opened.size)
    return { type: 'text', text: room.toString('utf8', 0, readSync(file, room, 0, room.length, 0)) }
  } catch (error) {
    return refused(`it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  } finally {
    closeSync(file)
  }
}

function refused(problem: string): MetaText {
  return { type: 'refused', problem }
}
