import { statSync } from 'node:fs'
import { setInterval } from 'node:timers/promises'

/** Milliseconds between two checks of the file. */
const LOOK_EVERY_MS = 250

/**
 * Calls back whenever a file has changed since this call, until the returned function is called.
 *
 * Polls, because editors replace files and containers do not report changes made outside.
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
