import { constants } from 'node:os'
import { basename } from 'node:path'
import { EXIT } from '../exit-codes.ts'

/** How a job ended. */
export type JobEnd =
  | { readonly type: 'exited'; readonly code: number }
  | { readonly type: 'killed'; readonly signal: NodeJS.Signals }
  | { readonly type: 'notStarted'; readonly code: 126 | 127; readonly message: string }

/** True if the run counts as a success. */
export function wentWell(end: JobEnd, timedOut: boolean): boolean {
  return end.type === 'exited' && end.code === 0 && !timedOut
}

/** The code that a shell sees. */
export function shellCode(end: JobEnd): number {
  return end.type === 'killed' ? 128 + constants.signals[end.signal] : end.code
}

/** Why a command could not be started. */
export function notStarted(command: string, error: NodeJS.ErrnoException): JobEnd {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { type: 'notStarted', code: EXIT.notFound, message: `${command}: command not found` }
    case 'EACCES':
    case 'EPERM':
      return {
        type: 'notStarted',
        code: EXIT.notExecutable,
        message: `${command}: permission denied (chmod +x?)`,
      }
    case 'ENOEXEC':
      return {
        type: 'notStarted',
        code: EXIT.notExecutable,
        message: `${command}: exec format error; a script must begin with a line such as #!/bin/sh`,
      }
    default:
      return {
        type: 'notStarted',
        code: EXIT.notExecutable,
        message: `${command}: cannot be executed (${error.code ?? error.message})`,
      }
  }
}

/** One line about how a job failed, which alerts show. */
export function failureMessage(
  command: string,
  end: JobEnd,
  stoppedAfter: string | undefined,
  lastLine: string | undefined,
): string {
  if (end.type === 'notStarted') return end.message
  // The name alone: among the arguments may be secrets.
  const name = basename(command)
  const how =
    stoppedAfter !== undefined
      ? `was stopped after ${stoppedAfter}`
      : end.type === 'killed'
        ? `was killed by ${end.signal}`
        : `exited with code ${end.code}`
  return lastLine === undefined ? `${name} ${how}` : `${name} ${how}: ${lastLine}`
}
