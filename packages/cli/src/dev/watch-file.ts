import { statSync } from 'node:fs'
import { setInterval } from 'node:timers/promises'

/** Milliseconds between two looks at the file. */
const LOOK_EVERY_MS = 250

/**
 * Calls back when a file is another one than at the moment of this call, and at each change after that, until the function
 * that is returned is called.
 *
 * Looks at it now and then instead of asking to be told: editors replace files, and containers do not tell of changes
 * made outside.
 */
export function watchForChange(path: string, onChange: () => void): () => void {
  const stopped = new AbortController()
  void look(path, stampOf(path), onChange, stopped.signal)
  return () => stopped.abort()
}

async function look(
  path: string,
  before: string | undefined,
  onChange: () => void,
  signal: AbortSignal,
): Promise<void> {
  let seen = before
  try {
    for await (const _ of setInterval(LOOK_EVERY_MS, undefined, { ref: false, signal })) {
      const now = stampOf(path)
      // No file: an editor is about to write it.
      if (now === undefined || now === seen) continue
      seen = now
      onChange()
    }
  } catch {
    // Stopped.
  }
}

function stampOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && `${found.mtimeMs} ${found.size} ${found.ino}`
}
