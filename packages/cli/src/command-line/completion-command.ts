import { EXIT } from '../exit-codes.ts'
import type { Ending, World } from '../world.ts'
import { type CommandSpec, UsageError, type Args } from './command-spec.ts'
import { completionScript, SHELLS } from './completion-script.ts'

/** `crontify completion`, for these commands. It rejects with a `UsageError` for a shell that is not known. */
export function completionOf(
  commands: readonly CommandSpec[],
): (args: Args, world: World) => Promise<Ending> {
  return async (args, { print }) => {
    const shell = SHELLS.find((one) => one === args.positionals[0])
    if (shell === undefined || args.positionals.length > 1)
      throw new UsageError(`SHELL must be one of ${SHELLS.join(', ')}`)
    print(completionScript(shell, commands))
    return { code: EXIT.done }
  }
}
