import type { World } from '../world.ts'

/** Waits that are shorter than this need no word. */
const SILENT_MS = 1_000
const START_OF_LINE = '\r'
const CLEAR_LINE = '\u001b[2K'

/**
 * Waits for some work, and says on a terminal what for, and for how long already, once it has taken a second. The line is gone
 * when the work is over. Elsewhere than on a terminal nothing is said.
 *
 * Settles as the work does.
 */
export async function showWaiting<Value>(
  what: string,
  work: Promise<Value>,
  { clock, isTerminal, printError }: Pick<World, 'clock' | 'isTerminal' | 'printError'>,
): Promise<Value> {
  if (!isTerminal.stderr) return work
  const startedAt = clock.monotonic()
  let isShown = false
  const tick = (): void => {
    isShown = true
    const seconds = Math.round((clock.monotonic() - startedAt) / 1_000)
    printError(`${START_OF_LINE}${CLEAR_LINE}… ${what} (${seconds} s)`)
    cancel = clock.schedule(tick, SILENT_MS)
  }
  let cancel = clock.schedule(tick, SILENT_MS)
  try {
    return await work
  } finally {
    cancel()
    if (isShown) printError(`${START_OF_LINE}${CLEAR_LINE}`)
  }
}
