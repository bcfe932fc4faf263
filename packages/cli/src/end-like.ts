import { constants } from 'node:os'
import type { Ending } from './world.ts'

/**
 * Ends this process with a code, or with the signal that killed its child, so that a shell sees the same.
 *
 * The first process of a container cannot be killed by a signal; it exits with the code that a shell makes of it.
 */
export function endLike(ending: Ending): void {
  if (ending.signal === undefined) return process.exit(ending.code)
  // Node ignores some signals; removing the last listener restores the default action.
  if (ending.signal !== 'SIGKILL') process.on(ending.signal, () => {}).removeAllListeners(ending.signal)
  process.kill(process.pid, ending.signal)
  process.exit(128 + constants.signals[ending.signal])
}
