import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { shellQuoted } from './shell-quoted.ts'

/**
 * How cron is to call this program: by the absolute path by which it was called now.
 *
 * Only its name if that path will not last, as in the cache of npx, or is not that of an installed program.
 */
export function cronProgram(calledAs: string): string {
  const path = resolve(calledAs)
  const isInstalled = basename(path) === 'crontify' && !path.split(sep).includes('_npx')
  return isInstalled ? shellQuoted(path) : 'crontify'
}

/** The command that a person pastes to call this program from the current directory. */
export function pastedProgram(calledAs: string, cwd: string, path: string | undefined): string {
  const called = resolve(calledAs)
  const isOnPath = (path ?? '')
    .split(':')
    .some(
      (folder) => folder !== '' && existsSync(join(folder, 'crontify')) && !folder.includes('node_modules'),
    )
  if (isOnPath) return 'crontify'
  if (called.split(sep).includes('node_modules') || existsSync(join(cwd, 'node_modules/.bin/crontify')))
    return 'npx crontify'
  return basename(called) === 'crontify' ? join(dirname(called), 'crontify') : 'crontify'
}
