import { EXIT } from '../exit-codes.ts'
import type { Ending, World } from '../world.ts'
import { type CommandSpec, UsageError, type Words } from './command-spec.ts'
import { completionScript, SHELLS } from './completion-script.ts'

/** `crontify completion`, for these commands. It rejects with a `UsageError` for a shell that is not known. */
export function completionOf(
  commands: readonly CommandSpec[],
): (words: Words, world: World) => Promise<Ending> {
  return async (words, { print }) => {
    const shell = SHELLS.find((one) => one === words.positionals[0])
    if (shell === undefined || words.positionals.length > 1)
      throw new UsageError(`Name one of ${SHELLS.join(', ')}`)
    print(completionScript(shell, commands))
    return { code: EXIT.done }
  }
}
