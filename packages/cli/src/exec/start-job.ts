import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { notStarted, type JobEnd } from './job-end.ts'
import { openPipes, type OpenPipe } from './open-pipes.ts'
import type { OutputPlan } from './output-plan.ts'

/** A captured stream of a job. */
export interface JobStream {
  readonly readable: Readable
  /** Our descriptor of the pipe, for a process that goes on reading after us; `undefined` for Node's own sockets. */
  readonly descriptor: number | undefined
}

/** A command that was started. */
export interface Job {
  /** `undefined` if it could not be started. */
  readonly pid: number | undefined
  /** `undefined` for a stream that is inherited. Where both are merged, `stdout` carries both. */
  readonly stdout: JobStream | undefined
  readonly stderr: JobStream | undefined
  /** Resolves when the command itself has ended; what it left running may still write. */
  readonly ended: Promise<JobEnd>
  /** Signals the job and all that it has started; at a terminal the job alone. Does nothing once it has ended. */
  send(signal: NodeJS.Signals): void
}

/** How a command is started. */
export interface JobStart {
  readonly command: string
  readonly commandArgs: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly plan: OutputPlan
  /** Where pipes are made; `undefined` if there is no such folder, and Node's own sockets are used. */
  readonly folder: string | undefined
  /**
   * Whether it leads a session of its own, so that a signal reaches everything it has started. At a terminal it must not:
   * it would lose the keyboard.
   */
  readonly leadsSession: boolean
}

/** Starts a command. Never throws: a command that cannot be started has ended. */
export function startJob(start: JobStart): Job {
  const { command, commandArgs, env, leadsSession } = start
  const outputs = openOutputs(start)
  const { stdout: out, stderr: err } = outputs
  const pipes = [...new Set([out, err])].filter((output) => typeof output === 'object')
  let child: ChildProcess
  try {
    child = spawn(command, commandArgs, {
      env: { ...env },
      stdio: ['inherit', stdioOf(out), stdioOf(err)],
      detached: leadsSession,
    })
  } catch (error) {
    for (const { readEnd } of pipes) closeSync(readEnd)
    const ended = Promise.resolve(notStarted(command, error as NodeJS.ErrnoException))
    return { pid: undefined, stdout: undefined, stderr: undefined, ended, send: () => {} }
  } finally {
    // The job has its own copies; ours would hide the end of its output.
    for (const { writeEnd } of pipes) closeSync(writeEnd)
  }
  const { pid } = child
  return {
    pid,
    stdout: streamOf(out, child.stdout),
    stderr: out === err && typeof err === 'object' ? undefined : streamOf(err, child.stderr),
    ended: endOf(child, command),
    send: (signal) => {
      if (pid === undefined) return
      try {
        process.kill(leadsSession ? -pid : pid, signal)
      } catch {
        // It has just ended, or runs as another user whom we cannot signal.
      }
    },
  }
}

/** `'pipe'` is a pair of sockets: all that Node has by itself. */
type Output = 'inherit' | 'pipe' | OpenPipe

function openOutputs({ plan, folder, env }: JobStart): { readonly stdout: Output; readonly stderr: Output } {
  const { captures, isMerged } = plan
  const count = isMerged ? 1 : Number(captures.stdout) + Number(captures.stderr)
  const pipes = [...((folder === undefined ? undefined : openPipes(count, folder, env['PATH'])) ?? [])]
  const first = pipes.shift() ?? 'pipe'
  const second = isMerged ? first : (pipes.shift() ?? (captures.stdout ? 'pipe' : first))
  return { stdout: captures.stdout ? first : 'inherit', stderr: captures.stderr ? second : 'inherit' }
}

function stdioOf(output: Output): 'inherit' | 'pipe' | number {
  return typeof output === 'object' ? output.writeEnd : output
}

function streamOf(output: Output, socket: Readable | null): JobStream | undefined {
  if (typeof output !== 'object')
    return socket === null ? undefined : { readable: socket, descriptor: undefined }
  const readable = new Socket({ fd: output.readEnd, readable: true, writable: false })
  return { readable, descriptor: output.readEnd }
}

function endOf(child: ChildProcess, command: string): Promise<JobEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve(notStarted(command, error))
    })
    child.once('exit', (code, signal) => {
      resolve(signal === null ? { type: 'exited', code: code ?? 0 } : { type: 'killed', signal })
    })
  })
}
