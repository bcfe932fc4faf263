import {
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { livingHolder, lockText, type Holder } from './lock-holders.ts'

/** The sign that a job runs. */
export type RunLock =
  | {
      readonly type: 'taken'
      /** Says that this process has it as well: the job itself, which may outlive us. */
      addHolder(holder: Holder): void
      release(): void
    }
  | { readonly type: 'held'; readonly pid: number }

/** What is known of this machine's processes. */
export interface LockProcesses {
  readonly self: Holder
  readonly uid: number
  readonly startOf: (pid: number) => string | undefined
}

const OWNER_ONLY_FILE = 0o600
const OWNER_ONLY_FOLDER = 0o700
const OTHERS_WRITE = 0o022
const TRIES = 5

/**
 * Takes the lock of a name: a file that says which processes hold it. One whose holders are all gone, however they
 * ended, is taken over.
 *
 * @throws {Error} where the directory cannot be used, saying why.
 */
export function takeRunLock(directory: string, name: string, processes: LockProcesses): RunLock {
  prepareDirectory(directory, processes.uid)
  const path = join(directory, `${name}.lock`)
  for (let tried = 0; tried < TRIES; tried += 1) {
    if (made(path, lockText([processes.self]))) {
      return {
        type: 'taken',
        addHolder: (holder) => replace(path, lockText([processes.self, holder]), processes.self.pid),
        release: () => rmSync(path, { force: true }),
      }
    }
    const text = textOf(path)
    if (text === undefined) continue
    const holder = livingHolder(text, processes.startOf)
    // An empty one is being written in this moment.
    if (holder !== undefined) return { type: 'held', pid: holder.pid }
    if (text !== '' || tried > 1) clear(path, text, processes.self.pid)
  }
  throw new Error(`the lock ${path} cannot be taken; remove it if no job of this name runs`)
}

/** Takes a dead lock out of the way; one that somebody has taken over meanwhile goes back. */
function clear(path: string, seen: string, pid: number): void {
  const aside = `${path}.${pid}`
  try {
    renameSync(path, aside)
  } catch {
    // Somebody else was faster.
    return
  }
  if (textOf(aside) !== seen) {
    try {
      linkSync(aside, path)
    } catch {
      // A third one has it by now.
    }
  }
  rmSync(aside, { force: true })
}

function made(path: string, text: string): boolean {
  let file: number
  try {
    file = openSync(path, 'wx', OWNER_ONLY_FILE)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  writeSync(file, text)
  closeSync(file)
  return true
}

function replace(path: string, text: string, pid: number): void {
  const beside = `${path}.${pid}`
  try {
    writeFileSync(beside, text, { mode: OWNER_ONLY_FILE })
    renameSync(beside, path)
  } catch {
    // The lock stays ours alone: a full disk is no reason to stop a job that has begun.
    rmSync(beside, { force: true })
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function prepareDirectory(directory: string, uid: number): void {
  mkdirSync(directory, { recursive: true, mode: OWNER_ONLY_FOLDER })
  const found = lstatSync(directory)
  if (!found.isDirectory()) throw new Error(`${directory} is no directory`)
  if (found.uid !== uid || (found.mode & OTHERS_WRITE) !== 0) {
    throw new Error(`others may write to ${directory}: give --lock-directory one of your own`)
  }
}
