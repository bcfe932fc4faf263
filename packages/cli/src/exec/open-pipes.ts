import { spawnSync } from 'node:child_process'
import { closeSync, constants, openSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'

/** A pipe of the operating system, both ends open in this process. */
export interface OpenPipe {
  readonly readEnd: number
  readonly writeEnd: number
}

const SYSTEM_PATH = '/usr/bin:/bin'

/**
 * Opens pipes, or returns `undefined` where the system has no `mkfifo`.
 *
 * Node's own `'pipe'` is a pair of sockets, which a job cannot open by the names `/dev/stdout` and `/dev/stderr`. A FIFO that
 * is opened and then removed is an ordinary pipe.
 */
export function openPipes(
  count: number,
  folder: string,
  path: string | undefined,
): readonly OpenPipe[] | undefined {
  if (count === 0) return []
  const names = Array.from({ length: count }, (_, index) => join(folder, `pipe-${index}`))
  const opened: OpenPipe[] = []
  try {
    const { status } = spawnSync('mkfifo', ['-m', '600', ...names], {
      stdio: 'ignore',
      env: { PATH: path === undefined ? SYSTEM_PATH : `${path}:${SYSTEM_PATH}` },
    })
    if (status !== 0) return undefined
    for (const name of names) opened.push(openBothEnds(name))
    return opened
  } catch {
    for (const { readEnd, writeEnd } of opened) [readEnd, writeEnd].forEach((end) => closeSync(end))
    return undefined
  } finally {
    for (const name of names) removeQuietly(name)
  }
}

function removeQuietly(name: string): void {
  try {
    unlinkSync(name)
  } catch {
    // It was not made, or the folder goes with it.
  }
}

/** The reading end first and without blocking: then the writing end, which must block for the job, does not wait for it. */
function openBothEnds(name: string): OpenPipe {
  const readEnd = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    return { readEnd, writeEnd: openSync(name, constants.O_WRONLY) }
  } catch (error) {
    closeSync(readEnd)
    throw error
  }
}
