import { constants, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { UsageError, valueOf, type Args } from '../command-line/command-spec.ts'
import { definitionsText } from '../config/definitions-text.ts'
import { EXIT } from '../exit-codes.ts'
import { cronProgram } from '../own-program.ts'
import type { Ending, World } from '../world.ts'
import { crontabDiff } from './crontab-diff.ts'
import { jobDefinition } from './job-definition.ts'
import { localUsers } from './local-users.ts'
import { userColumnOf } from './user-column.ts'
import { wrapCrontab, type WrappedCrontab } from './wrap-crontab.ts'

const PARTS = ['crontab', 'definitions', 'diff'] as const

/**
 * `crontify crontab`: shows what would change for the jobs of a crontab to be monitored; with `--write` changes it.
 *
 * @throws {UsageError} before anything was written.
 */
export async function crontabCommand(args: Args, world: World): Promise<Ending> {
  const [file, ...surplus] = args.positionals
  if (file === undefined || surplus.length > 0)
    throw new UsageError('FILE must be one crontab, or - for standard input')
  const part = valueOf(args, 'only')
  const only = PARTS.find((one) => one === part)
  if (part !== undefined && only === undefined)
    throw new UsageError(`--only must be one of ${PARTS.join(', ')}, got "${part}"`)
  const isWriting = args.flags.has('write')
  if (isWriting && file === '-')
    throw new UsageError('--write needs a file; from a pipe, use --only crontab and write its output')

  const text = file === '-' ? await world.readInput() : readCrontab(file)
  const wrapped = wrapCrontab(text, {
    hasUsers: hasUsers(args, text, file),
    program: valueOf(args, 'program') ?? cronProgram(world.program),
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  if (isWriting && wrapped.text !== text) {
    const backup = replace(file, wrapped.text)
    world.printError(`Changed ${file}; the previous version is ${backup}\n`)
  }
  world.print(shown(only, file === '-' ? 'crontab' : file, text, wrapped))
  return { code: EXIT.done }
}

function hasUsers(args: Args, text: string, file: string): boolean {
  if (args.flags.has('system') && args.flags.has('user'))
    throw new UsageError('--system and --user exclude each other')
  if (args.flags.has('system')) return true
  if (args.flags.has('user')) return false
  const found = userColumnOf(text, { path: file === '-' ? undefined : file, users: localUsers() })
  if (found !== 'unclear') return found === 'yes'
  throw new UsageError(
    `It is unclear whether ${file === '-' ? 'this crontab' : file} has a user column. Nothing was changed.\n` +
      'Add --system if a user stands before each command, as in /etc/crontab, or --user if none does, as in crontab -l',
  )
}

function shown(
  only: (typeof PARTS)[number] | undefined,
  name: string,
  before: string,
  wrapped: WrappedCrontab,
): string {
  const diff = crontabDiff(name, before, wrapped.text)
  const added = wrapped.jobs.filter(({ isMonitored }) => !isMonitored)
  const definitions = definitionsText(added.map(jobDefinition))
  switch (only) {
    case 'crontab':
      return wrapped.text
    case 'definitions':
      return definitions
    case 'diff':
      return diff
    case undefined:
      if (diff === '')
        return `Nothing to change: ${wrapped.jobs.length === 0 ? 'no jobs' : 'all jobs are monitored'}\n`
      return `${diff}\n# For crontify.config.ts:\n\n${definitions}`
  }
}

function readCrontab(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  }
}

/** In place, so that owner and mode stay. Returns where the previous version is. */
function replace(file: string, text: string): string {
  // Neither Debian's cron nor cronie runs a file of cron.d with such a name.
  const backup = `${file}.before-crontify${basename(dirname(resolve(file))) === 'cron.d' ? '~' : ''}`
  try {
    copyFileSync(file, backup, constants.COPYFILE_EXCL)
    writeFileSync(file, text)
    return backup
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new UsageError(
      code === 'EEXIST'
        ? `${backup} exists already. Nothing was changed; move it away first`
        : `${file} cannot be written (${code})`,
    )
  }
}
