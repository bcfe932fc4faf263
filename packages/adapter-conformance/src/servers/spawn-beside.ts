import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** How a server is started, and how it is known that it listens. */
export interface Beside {
  readonly command: string
  readonly parameters: readonly string[]
  /** Found in what the server prints once it listens. */
  readonly ready: string
  /** Sent to the server when it is to end. */
  readonly signal: 'TERM' | 'KILL'
  /** The user and group it runs as. */
  readonly owner?: number | undefined
}

/**
 * The server runs under a shell that waits for its standard input to end. That happens also when this process is killed
 * by a signal that nobody can catch, and so no server is ever left behind.
 */
const UNTIL_INPUT_ENDS = '"$@" & server=$!; exec >&- 2>&-; read _; kill -$SIGNAL $server; wait $server'

/**
 * Starts a server beside this process, and waits until it listens.
 *
 * @returns what ends it.
 * @throws {Error} with all that the server printed, if it ends before it listens.
 */
export async function spawnBeside(beside: Beside): Promise<() => Promise<void>> {
  const { command, parameters, ready, signal, owner } = beside
  const child = spawn('/bin/sh', ['-c', UNTIL_INPUT_ENDS, 'sh', command, ...parameters], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', SIGNAL: signal },
    ...(owner === undefined ? {} : { uid: owner, gid: owner }),
  })
  const ended = once(child, 'close')
  const stop = async (): Promise<void> => {
    child.stdin.end()
    await ended
  }
  const printed = await readUntil(ready, [child.stdout, child.stderr])
  if (printed.isReady) return stop
  await stop()
  throw new Error(`${command} ended before it listened:\n${printed.text}`)
}

async function readUntil(
  text: string,
  streams: readonly NodeJS.ReadableStream[],
): Promise<{ isReady: boolean; text: string }> {
  return new Promise((resolve) => {
    let all = ''
    let open = streams.length
    for (const stream of streams) {
      stream.on('data', (chunk: Buffer) => {
        // Read on to the end: a server whose pipe is full stands still.
        if (all.length < 100_000) all += String(chunk)
        if (all.includes(text)) resolve({ isReady: true, text: all })
      })
      stream.on('end', () => {
        if (--open === 0) resolve({ isReady: false, text: all })
      })
    }
  })
}
