import type { World } from '../world.ts'

/** Shorter waits are not shown. */
const SILENT_MS = 1_000
const START_OF_LINE = '\r'
const CLEAR_LINE = '\u001b[2K'

/**
 * Waits for some work. On a terminal, a line shows what it waits for and for how long, once that takes a second; the line
 * disappears when the work is over.
 *
 * Settles as the work does.
 */
export async function showWaiting<Value>(
  what: string,
  work: Promise<Value>,
  { clock, env, isTerminal, printError }: Pick<World, 'clock' | 'env' | 'isTerminal' | 'printError'>,
): Promise<Value> {
  if (!isTerminal.stderr || env['TERM'] === 'dumb') return work
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
