import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** Milliseconds from the start to the end of the process. */
  readonly tookMs: number
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

/** Longest life of a program, in milliseconds: a measurement that takes longer is broken. */
const MAX_LIFE_MS = 120_000

/**
 * What of our environment a measured process gets: not the variables that make every Node start slower, and so hide what
 * a program adds. More certificates to read, for one, double the time of a process that does nothing.
 */
function quietEnvironment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...rest } = process.env
  return rest
}

/** Starts one of the programs beside the built harness, or Node with arguments of its own. */
export function start(
  program: string | readonly string[],
  env: Readonly<Record<string, string>> = {},
  nodeOptions: readonly string[] = [],
): Running {
  const args =
    typeof program === 'string'
      ? [...nodeOptions, fileURLToPath(new URL(`programs/${program}.js`, import.meta.url))]
      : program
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, {
    env: { ...quietEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: MAX_LIFE_MS,
    killSignal: 'SIGKILL',
  })
  return { child, ended: endOf(child, startedAt) }
}

/** Runs it to its end. */
export function run(...given: Parameters<typeof start>): Promise<Ended> {
  return start(...given).ended
}

async function endOf(child: ChildProcess, startedAt: number): Promise<Ended> {
  const { stdout: out, stderr: err } = child
  if (out === null || err === null) throw new Error('The process was started without pipes')
  const exited = once(child, 'exit').then((exit) => ({ exit, tookMs: performance.now() - startedAt }))
  const [{ exit, tookMs }, stdout, stderr] = await Promise.all([exited, text(out), text(err)])
  return {
    code: exit[0] as number | null,
    signal: exit[1] as NodeJS.Signals | null,
    stdout,
    stderr,
    tookMs,
  }
}

/** The JSON that a program printed. */
export function printed<Value>(ended: Ended): Value {
  if (ended.code !== 0) throw new Error(`A program ended with ${ended.code ?? ended.signal}: ${ended.stderr}`)
  return JSON.parse(ended.stdout) as Value
}
