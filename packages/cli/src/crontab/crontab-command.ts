import { constants, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { UsageError, valueOf, type Args } from '../command-line/command-spec.ts'
import { EXIT } from '../exit-codes.ts'
import type { Ending, World } from '../world.ts'
import { definitionsText, wrapCrontab } from './wrap-crontab.ts'

const PARTS = ['crontab', 'definitions'] as const

/**
 * `crontify crontab`: shows a crontab with its jobs watched; with `--write` replaces it.
 *
 * @throws {UsageError} before anything was written.
 */
export async function crontabCommand(args: Args, world: World): Promise<Ending> {
  const [file, ...surplus] = args.positionals
  if (file === undefined || surplus.length > 0) throw new UsageError('Name one file, or - for standard input')
  const part = valueOf(args, 'only')
  const only = PARTS.find((one) => one === part)
  if (part !== undefined && only === undefined)
    throw new UsageError(`--only is "${part}"; it takes ${PARTS.join(' or ')}`)
  const mayWrite = args.flags.has('write')
  if (mayWrite && file === '-')
    throw new UsageError('--write needs a file; of a pipe the result goes to standard output')

  const text = file === '-' ? await world.readInput() : readCrontab(file)
  const { text: wrapped, jobs } = wrapCrontab(text, {
    hasUsers: args.flags.has('system'),
    program: valueOf(args, 'program') ?? 'crontify',
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  if (mayWrite && wrapped !== text) {
    replace(file, wrapped)
    world.printError(`${file} is written; the old one is ${file}.before-crontify\n`)
  }
  if (only === 'crontab') world.print(wrapped)
  else if (only === 'definitions') world.print(definitionsText(jobs))
  else {
    const heading = mayWrite
      ? ''
      : `# The crontab\n\n${wrapped}${wrapped.endsWith('\n') ? '' : '\n'}\n# crontify.config.ts\n\n`
    world.print(heading + definitionsText(jobs))
  }
  return { code: EXIT.done }
}

function readCrontab(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  }
}

/** In place, so that owner and mode stay. */
function replace(file: string, text: string): void {
  try {
    copyFileSync(file, `${file}.before-crontify`, constants.COPYFILE_EXCL)
    writeFileSync(file, text)
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new UsageError(
      code === 'EEXIST'
        ? `${file}.before-crontify is there already: move it away first`
        : `${file} cannot be written (${code})`,
    )
  }
}
