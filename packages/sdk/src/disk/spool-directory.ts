import { isAbsolute, parse, resolve } from 'node:path'
import { fileErrorCode, type SpoolFiles } from './spool-files.ts'

/** Group and everybody else must not be able to put files there. */
const WRITABLE_BY_OTHERS = 0o022
const MAX_PATH_LENGTH = 4_096

/**
 * Makes the directory if need be, and says why it cannot be used; `undefined` if it can.
 *
 * What lies there is sent with our key, and holds log text: nobody else may write it.
 */
export function spoolDirectoryProblem(
  path: string,
  files: SpoolFiles,
  uid: number | undefined,
): string | undefined {
  const spelling = spellingProblem(path)
  if (spelling !== undefined) return spelling
  try {
    if (files.inspectSync(path) === undefined) files.makeDirectorySync(path)
    const facts = files.inspectSync(path)
    if (facts === undefined) return 'it is gone as soon as it is made'
    if (facts.kind === 'link') return 'it is a symbolic link; name the directory itself'
    if (facts.kind === 'other') return 'it is not a directory'
    // Where there are no user ids, there are no permission bits either.
    if (uid === undefined) return undefined
    if (facts.uid !== uid) return `it belongs to user ${facts.uid}, and this process runs as user ${uid}`
    if ((facts.mode & WRITABLE_BY_OTHERS) !== 0) {
      return `others may write to it (mode ${facts.mode.toString(8).padStart(4, '0')}); 0700 is good`
    }
    return undefined
  } catch (error) {
    return `it cannot be made or looked at (${fileErrorCode(error) ?? 'no code'})`
  }
}

function spellingProblem(path: string): string | undefined {
  if (path === '') return 'the path is empty'
  if (path.includes('\0')) return 'the path has a NUL character in it'
  if (path.length > MAX_PATH_LENGTH) return `the path is longer than ${MAX_PATH_LENGTH} characters`
  if (!isAbsolute(path)) return 'the path is relative, and would depend on where the job was started'
  if (resolve(path) === parse(resolve(path)).root) return 'the path is the root of the file system'
  return undefined
}
