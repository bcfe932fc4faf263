import { EXIT } from '../exit-codes.ts'
import type { Ending, World } from '../world.ts'
import { UsageError, type Words } from './command-spec.ts'
import { COMMANDS } from './commands.ts'
import { completionScript, SHELLS } from './completion-script.ts'

/**
 * `crontify completion`.
 *
 * @throws {UsageError} for a shell that is not known.
 */
export async function completionCommand(words: Words, { print }: World): Promise<Ending> {
  const shell = SHELLS.find((one) => one === words.positionals[0])
  if (shell === undefined || words.positionals.length > 1)
    throw new UsageError(`Name one of ${SHELLS.join(', ')}`)
  print(
    completionScript(
      shell,
      COMMANDS.map(({ spec }) => spec),
    ),
  )
  return { code: EXIT.done }
}
