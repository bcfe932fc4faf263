import { constants } from 'node:os'
import type { Ending } from './world.ts'

/**
 * Ends this process: with a code, or of the signal that killed its child, so that a shell sees what it would have seen.
 *
 * As the first process of a container no signal kills it; the code is then what a shell makes of the signal.
 */
export function endLike(ending: Ending): void {
  if (ending.signal === undefined) return process.exit(ending.code)
  // Node ignores some signals; where the last listener has gone, the machine's own handling is left.
  if (ending.signal !== 'SIGKILL') process.on(ending.signal, () => {}).removeAllListeners(ending.signal)
  process.kill(process.pid, ending.signal)
  process.exit(128 + constants.signals[ending.signal])
}
