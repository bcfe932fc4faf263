import { mkdtempSync, readdirSync, rmdirSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for one run, which only this user can enter. */
export interface RunFolder {
  readonly path: string
  remove(): void
}

/** Creates it; `undefined` if no directory for temporary files can be written to. */
export function createRunFolder(): RunFolder | undefined {
  for (const parent of [tmpdir(), '/dev/shm', '/var/tmp']) {
    try {
      const path = mkdtempSync(join(parent, 'crontify-'))
      return { path, remove: () => removeQuietly(path) }
    } catch {
      // A full or read-only disk: the next one.
    }
  }
  return undefined
}

function removeQuietly(path: string): void {
  try {
    for (const name of readdirSync(path)) unlinkSync(join(path, name))
    rmdirSync(path)
  } catch {
    removeWhole(path)
  }
}

/** For what a job has put there: folders, or files that come while others go. */
function removeWhole(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // A few bytes in a directory that the system clears by itself.
  }
}
