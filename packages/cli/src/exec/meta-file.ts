import { mkdtempSync, openSync, closeSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file to which a job can write metadata. */
export interface MetaFile {
  readonly path: string
  /** What the job has written, at most its first 64 KiB; empty where it has removed the file. */
  read(): string
  remove(): void
}

const MOST_BYTES = 64 * 1024
const OWNER_ONLY = 0o600

/** Makes it, for this user only; `undefined` where the disk does not let it. */
export function createMetaFile(): MetaFile | undefined {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'crontify-'))
    const path = join(folder, 'meta')
    writeFileSync(path, '', { mode: OWNER_ONLY })
    return {
      path,
      read: () => readBeginning(path),
      remove: () => {
        try {
          rmSync(folder, { recursive: true, force: true })
        } catch {
          // A few bytes in the directory for temporary files, which the machine clears by itself.
        }
      },
    }
  } catch {
    return undefined
  }
}

function readBeginning(path: string): string {
  try {
    const file = openSync(path, 'r')
    try {
      const room = Buffer.alloc(MOST_BYTES)
      return room.toString('utf8', 0, readSync(file, room, 0, MOST_BYTES, 0))
    } finally {
      closeSync(file)
    }
  } catch {
    return ''
  }
}
