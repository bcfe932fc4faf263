import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { build } from 'esbuild'
import { onTestFinished } from 'vitest'

/** How a process ended. */
export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A process that is running. */
export interface RunningProgram {
  readonly child: ChildProcess
  /** Resolves when the process is gone. */
  readonly ending: Promise<Ending>
}

export interface RunOptions {
  readonly nodeOptions?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crontify-sdk-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/**
 * Bundles a program on the package's source, as a user's bundler would, into one CommonJS file.
 *
 * Its imports are resolved from the folder `test`.
 */
export async function bundleProgram(contents: string): Promise<string> {
  const file = join(await temporaryFolder(), 'program.cjs')
  await build({
    stdin: { contents, resolveDir: join(import.meta.dirname, '..'), loader: 'ts' },
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['@crontify/source'],
    logLevel: 'error',
  })
  return file
}

/** Starts a bundled program in a process of its own, which ends with the test at the latest. */
export function startProgram(file: string, options: RunOptions = {}): RunningProgram {
  const { NODE_OPTIONS: _, ...env } = process.env
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), file], {
    env: { ...env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, ending: endingOf(child) }
}

/** Bundles a program and runs it to its end. */
export async function runProgram(contents: string, options: RunOptions = {}): Promise<Ending> {
  return startProgram(await bundleProgram(contents), options).ending
}

async function endingOf(child: ReturnType<typeof spawn>): Promise<Ending> {
  const { stdout: out, stderr: err } = child
  if (out === null || err === null) throw new Error('The process was started without pipes')
  const [exit, stdout, stderr] = await Promise.all([once(child, 'exit'), text(out), text(err)])
  return { code: exit[0] as number | null, signal: exit[1] as NodeJS.Signals | null, stdout, stderr }
}
