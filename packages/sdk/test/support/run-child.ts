import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a child process ended. */
export interface EndedChild {
  /** `null` if it did not end by itself in time and was killed. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program of `test/programs` on the sources, in a process of its own, and waits for its end. */
export function runChild(program: string, args: readonly string[], withinMs: number): Promise<EndedChild> {
  const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
  const child = spawn(process.execPath, [
    '--conditions=@crontify/source',
    // Node 26 says so of the loader below; the program's own warnings are what tests look at.
    '--disable-warning=DEP0205',
    '--import',
    new URL('register-typescript.js', import.meta.url).href,
    path(`../programs/${program}`),
    ...args,
  ])
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs)
  return new Promise((resolve) => {
    child.on('close', (exitCode) => {
      clearTimeout(timer)
      resolve({ exitCode, stdout, stderr })
    })
  })
}
