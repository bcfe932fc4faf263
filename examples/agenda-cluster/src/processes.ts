import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process of the demo, known by a number. */
export interface Process {
  readonly number: number
  readonly kill: () => Promise<void>
}

export interface Processes {
  start(): Process
  /** The next process that tells of this event, among those to come. */
  next(event: string): Promise<Process>
  readonly alive: ReadonlySet<Process>
  killAll(): Promise<void>
}

export function createProcesses(program: string, env: Readonly<Record<string, string>>): Processes {
  const alive = new Set<Process>()
  const waiting = new Map<string, (process: Process) => void>()
  let count = 0
  const start = (): Process => {
    const child: ChildProcess = fork(fileURLToPath(new URL(program, import.meta.url)), {
      env: { ...process.env, ...env },
    })
    const exited = once(child, 'exit')
    const started: Process = {
      number: ++count,
      kill: async () => {
        alive.delete(started)
        child.kill('SIGKILL')
        await exited
      },
    }
    alive.add(started)
    child.on('message', ({ event }: { event: string }) => {
      waiting.get(event)?.(started)
      waiting.delete(event)
    })
    return started
  }
  return {
    start,
    alive,
    next: (event) => new Promise((resolve) => void waiting.set(event, resolve)),
    killAll: async () => {
      await Promise.all([...alive].map((one) => one.kill()))
    },
  }
}
