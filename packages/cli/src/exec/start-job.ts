import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import { notStarted, type JobEnd } from './job-end.ts'

/** A command that was started. */
export interface Job {
  /** `undefined` where it could not be started. */
  readonly pid: number | undefined
  /** Its streams, where they are not our own. */
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  /** Resolves when the command itself has ended; what it left running may still write. */
  readonly ended: Promise<JobEnd>
  /** To the job with all that it has started; at a terminal to the job alone. Harmless when it has ended. */
  send(signal: NodeJS.Signals): void
}

/** How a command is started. */
export interface JobStart {
  readonly command: string
  readonly parameters: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Which streams pass through us. */
  readonly captures: { readonly stdout: boolean; readonly stderr: boolean }
  /**
   * Whether it leads a session of its own, so that a signal reaches everything it has started. At a terminal it must not:
   * it would lose the keyboard.
   */
  readonly leadsSession: boolean
}

/** Never throws: a command that cannot be started has ended. */
export function startJob({ command, parameters, env, captures, leadsSession }: JobStart): Job {
  const stdio = (isCaptured: boolean): 'pipe' | 'inherit' => (isCaptured ? 'pipe' : 'inherit')
  let child: ChildProcess
  try {
    child = spawn(command, parameters, {
      env: { ...env },
      stdio: ['inherit', stdio(captures.stdout), stdio(captures.stderr)],
      detached: leadsSession,
    })
  } catch (error) {
    const end = notStarted(command, error as NodeJS.ErrnoException)
    return { pid: undefined, stdout: null, stderr: null, ended: Promise.resolve(end), send: () => {} }
  }
  const { pid, stdout, stderr } = child
  const ended = new Promise<JobEnd>((resolve) => {
    child.once('error', (error) => {
      if (pid === undefined) resolve(notStarted(command, error))
    })
    child.once('exit', (code, signal) => {
      resolve(signal === null ? { type: 'exited', code: code ?? 0 } : { type: 'killed', signal })
    })
  })
  const send = (signal: NodeJS.Signals): void => {
    if (pid === undefined) return
    try {
      process.kill(leadsSession ? -pid : pid, signal)
    } catch {
      // It has ended in this very moment, or has become somebody else's who may not be signalled.
    }
  }
  return { pid, stdout, stderr, ended, send }
}
