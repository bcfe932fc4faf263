import {
  closeSync,
  existsSync,
  fchmodSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import type { Kept } from '../mock-server-options.ts'
import { type Folded, foldRecords, unfold } from './fold-records.ts'
import { isProcessAlive, lockFile } from './lock-file.ts'
import { readDataText } from './read-data-text.ts'
import { HEADER, type StoredRecord } from './stored-record.ts'

/** A file that has what happened, also after the process was killed. */
export interface DataFile {
  /** What it had when it was opened. */
  readonly restored: Folded
  /** Writes a record through to the operating system before it returns. Never throws: a full disk is a warning. */
  append(record: StoredRecord): void
  close(): void
}

const OWNER_ONLY = 0o600
/** A file is written anew when it is larger than this, and than four times what it came to at the last time. */
export const REWRITE_FROM_BYTES = 16_777_216
const REWRITE_FACTOR = 4

/**
 * Opens a data file, or makes one.
 *
 * A damaged file is kept aside under another name, and what stands before the damage is taken over.
 *
 * @throws {Error} when the file is not one of these, is of an unknown version, is in use, or cannot be read or written;
 *   it is then left as it is.
 */
export function openDataFile(
  path: string,
  keep: Kept,
  warn: (message: string) => void,
  rewriteFromBytes: number,
): DataFile {
  const unlock = lockFile(path, process.pid, isProcessAlive)
  try {
    return opened(path, keep, warn, rewriteFromBytes, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

function opened(
  path: string,
  keep: Kept,
  warn: (message: string) => void,
  rewriteFromBytes: number,
  unlock: () => void,
): DataFile {
  const read = readDataText(existsSync(path) ? readFileSync(path, 'utf8') : '')
  if (read.type === 'foreign') throw new Error(`Cannot use the data file ${path}: ${read.message}`)
  const restored = foldRecords(read.records, keep)
  if (read.problem !== undefined) {
    const aside = freeName(`${path}.damaged`)
    renameSync(path, aside)
    warn(`The data file ${path} is damaged and was kept as ${aside}: ${read.problem}`)
  }
  let file = rewritten(path, restored)
  let bytes = statSync(path).size
  let rewriteAt = Math.max(rewriteFromBytes, bytes * REWRITE_FACTOR)
  let isBroken = false

  function rewrite(): void {
    const again = readDataText(readFileSync(path, 'utf8'))
    if (again.type === 'foreign') throw new Error(again.message)
    closeSync(file)
    file = rewritten(path, foldRecords(again.records, keep))
    bytes = statSync(path).size
    rewriteAt = Math.max(rewriteFromBytes, bytes * REWRITE_FACTOR)
  }

  return {
    restored,
    append(record) {
      if (isBroken) return
      try {
        bytes += writeSync(file, `${JSON.stringify(record)}\n`)
        if (bytes > rewriteAt) rewrite()
      } catch (error) {
        isBroken = true
        warn(
          `The data file ${path} cannot be written any more, and nothing is kept from now on: ${String(error)}`,
        )
      }
    },
    close() {
      isBroken = true
      closeSync(file)
      unlock()
    },
  }
}

/** Puts a new file in the place of the old one in one step; resolves to it, open for more. */
function rewritten(path: string, folded: Folded): number {
  const draft = `${path}.new`
  const file = openSync(draft, 'w', OWNER_ONLY)
  // The mode above counts for a file that is made, and a draft may have been left behind.
  fchmodSync(file, OWNER_ONLY)
  writeSync(file, `${JSON.stringify(HEADER)}\n`)
  for (const record of unfold(folded)) writeSync(file, `${JSON.stringify(record)}\n`)
  renameSync(draft, path)
  return file
}

function freeName(wanted: string): string {
  let name = wanted
  for (let count = 2; existsSync(name); count += 1) name = `${wanted}-${count}`
  return name
}
