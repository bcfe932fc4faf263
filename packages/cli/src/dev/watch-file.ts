import { unwatchFile, watchFile } from 'node:fs'

/** Milliseconds between two looks at the file. */
const LOOK_EVERY_MS = 250

/**
 * Calls back when a file has changed, until the function that is returned is called.
 *
 * Looks at it now and then instead of asking to be told: editors replace files, and containers do not tell of changes
 * made outside.
 */
export function watchForChange(path: string, onChange: () => void): () => void {
  watchFile(path, { interval: LOOK_EVERY_MS }, (now, before) => {
    // No file: an editor is about to write it.
    if (now.mtimeMs !== 0 && (now.mtimeMs !== before.mtimeMs || now.size !== before.size)) onChange()
  })
  return () => unwatchFile(path)
}
