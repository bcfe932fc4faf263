import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const BIN: string = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url))
/** What npm links as `crontify`. */
export const LAUNCHER: string = fileURLToPath(new URL('../../bin/crontify.cjs', import.meta.url))

/** How a process ended, and what it wrote. */
export interface EndedProcess {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: Buffer
  readonly stderr: string
}

/** A process under way. */
export interface ProcessUnderWay {
  readonly child: ChildProcess
  readonly ended: Promise<EndedProcess>
  /** Resolves when it has written this to standard output, so many times. */
  hasSaid(text: string, times?: number): Promise<void>
}

export type Environment = Readonly<Record<string, string>>

/** Starts any program, with pipes for its streams and nothing of this process's Crontify settings. */
export function start(command: string, args: readonly string[], env: Environment = {}): ProcessUnderWay {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CRONTIFY_'))
  const child = spawn(command, args, { env: { ...Object.fromEntries(own), ...env } })
  const chunks: Buffer[] = []
  let stderr = ''
  const waiting = new Set<() => void>()
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    for (const look of waiting) look()
  })
  child.stderr.on('data', (chunk: Buffer) => (stderr += String(chunk)))
  child.stdin.on('error', () => {})
  const ended = new Promise<EndedProcess>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout: Buffer.concat(chunks), stderr }))
  })
  const hasSaid = (text: string, times = 1): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (String(Buffer.concat(chunks)).split(text).length <= times) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
      void ended.then(({ code, signal }) => {
        reject(new Error(`It ended (${code ?? signal}) before it said "${text}": ${stderr}`))
      })
    })
  return { child, ended, hasSaid }
}

/** Starts the built program. */
export function crontify(args: readonly string[], env: Environment): ProcessUnderWay {
  return start(process.execPath, [BIN, ...args], env)
}

/** Runs the built program to its end, with nothing on its standard input. */
export async function runCrontify(args: readonly string[], env: Environment): Promise<EndedProcess> {
  const { child, ended } = crontify(args, env)
  child.stdin?.end()
  return ended
}
