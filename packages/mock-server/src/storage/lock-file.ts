import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'

/** Says whether a process lives on this machine. */
export type IsAlive = (pid: number) => boolean

const OWNER_ONLY = 0o600
const TRIES = 2

/**
 * Makes a file the sign that another one is in use, until the function that is returned is called.
 *
 * The sign of a process that is gone, after SIGKILL for instance, is taken over.
 *
 * @throws {Error} when a living process has it, this one included, or it cannot be made; nothing has changed then.
 */
export function lockFile(path: string, ownPid: number, isAlive: IsAlive): () => void {
  const lock = `${path}.lock`
  for (let tried = 0; tried < TRIES; tried += 1) {
    if (made(lock, ownPid)) return () => rmSync(lock, { force: true })
    const holder = Number.parseInt(readFileSync(lock, 'utf8'), 10)
    if (Number.isNaN(holder) || isAlive(holder)) {
      throw new Error(
        `Cannot use the data file ${path}: ${Number.isNaN(holder) ? 'somebody' : `process ${holder}`} is using it. ` +
          `Stop that server, choose another file, or remove ${lock} if no server runs`,
      )
    }
    rmSync(lock, { force: true })
  }
  throw new Error(`Cannot use the data file ${path}: another server has just taken it`)
}

/** True if this process lives, also where it is somebody else's. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** False where it is there already. */
function made(lock: string, pid: number): boolean {
  let file: number
  try {
    file = openSync(lock, 'wx', OWNER_ONLY)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  writeSync(file, String(pid))
  closeSync(file)
  return true
}
