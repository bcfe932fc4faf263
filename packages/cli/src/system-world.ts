import { fstatSync, writeSync, type Stats } from 'node:fs'
import { isatty, WriteStream } from 'node:tty'
import { systemClock } from './system-clock.ts'
import type { World } from './world.ts'

const STDIN = 0
const STDOUT = 1
const STDERR = 2
/** Milliseconds after which a full pipe that does not block is tried again. */
const AGAIN_MS = 5

/** The machine that the program runs on. */
export function systemWorld(): World {
  return {
    args: process.argv.slice(2),
    program: process.argv[1] ?? 'crontify',
    env: process.env,
    clock: systemClock,
    isTerminal: { stdin: isatty(STDIN), stdout: isatty(STDOUT), stderr: isatty(STDERR) },
    get isPiped() {
      const found = statOf(STDIN)
      return found !== undefined && (found.isFIFO() || found.isSocket() || found.isFile())
    },
    get columns() {
      return isatty(STDOUT) ? new WriteStream(STDOUT).columns : undefined
    },
    isOneOutput: isOneFile(),
    print: (text) => writeAll(STDOUT, text),
    printError: (text) => writeAll(STDERR, text),
    readInput: async () => {
      const chunks: Buffer[] = []
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks).toString()
    },
    stopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
      }),
  }
}

/**
 * Not `process.stdout`: that takes milliseconds to make, and stops a pipe from blocking, which a job that inherits it would
 * notice.
 */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(descriptor, bytes, done)
    } catch (error) {
      // A reader that has gone is no reason to fail: the job matters, not who reads about it.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS)
    }
  }
}

function isOneFile(): boolean {
  const [stdout, stderr] = [statOf(STDOUT), statOf(STDERR)]
  return stdout !== undefined && stdout.dev === stderr?.dev && stdout.ino === stderr.ino
}

function statOf(descriptor: number): Stats | undefined {
  try {
    return fstatSync(descriptor)
  } catch {
    // It is closed.
    return undefined
  }
}
