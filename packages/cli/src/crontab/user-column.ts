import { basename, dirname, resolve } from 'node:path'
import { readCrontabLine } from './crontab-line.ts'

/** Whether a user stands before each command. `unclear`: it must be asked. */
export type UserColumn = 'yes' | 'no' | 'unclear'

/** What is known of a crontab besides its text. */
export interface CrontabPlace {
  /** `undefined` for standard input. */
  readonly path: string | undefined
  /** Names of the users of this machine. */
  readonly users: ReadonlySet<string>
}

const USER_NAME = /^[a-z_][a-z0-9_-]*\$?$/
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
/** Users of most machines, for crontabs that are written for another one. */
const COMMON_USERS = words(
  'root daemon bin nobody www-data apache nginx postgres ubuntu debian admin ec2-user centos deploy',
)
/** Users whose name is also that of a program: `node job.js` in a user's own crontab is no user column. */
const ALSO_PROGRAMS = words('node git mail backup redis mysql list news sync man nginx postgres')

/**
 * Finds out whether a crontab has a user column, by where it lies and what stands in that column.
 *
 * A wrong answer would make a crontab that cron cannot run, so in doubt it is `unclear`.
 */
export function userColumnOf(text: string, { path, users }: CrontabPlace): UserColumn {
  const place = placeSays(path)
  const columns = text.split('\n').flatMap((line) => {
    const read = readCrontabLine(line, false)
    return read.type === 'job' ? [/^(\S+)(?:\s+\S)?/.exec(read.command)] : []
  })
  if (columns.length === 0) return place === 'yes' ? 'yes' : 'no'
  const firsts = columns.map((column) => {
    const isFollowed = column !== null && column[0] !== column[1]
    return isFollowed && USER_NAME.test(column[1] ?? '') ? column[1] : undefined
  })
  if (place === 'yes') return firsts.includes(undefined) ? 'unclear' : 'yes'
  const known = firsts.filter((first) => first !== undefined && (users.has(first) || COMMON_USERS.has(first)))
  const certain = known.filter((first) => first !== undefined && !ALSO_PROGRAMS.has(first))
  if (certain.length === 0) return known.length === firsts.length && place !== 'no' ? 'unclear' : 'no'
  return known.length === firsts.length && place !== 'no' ? 'yes' : 'unclear'
}

/** By the paths that cron reads. */
function placeSays(path: string | undefined): UserColumn {
  if (path === undefined) return 'unclear'
  const folder = dirname(resolve(path))
  if (resolve(path) === '/etc/crontab' || basename(folder) === 'cron.d') return 'yes'
  return folder.startsWith('/var/spool/cron') || basename(folder) === 'crontabs' ? 'no' : 'unclear'
}
