import { spawn } from 'node:child_process'
import { write } from 'node:fs'
import type { Clock } from '../system-clock.ts'
import type { JobStream } from './start-job.ts'

/** A stream of a job on its way to a descriptor of ours. */
export interface PassedStream {
  /** Resolves at the end of the stream, or when its reader has gone. Never rejects. */
  readonly passed: Promise<void>
  /** True while bytes are read and not yet written: the reader is slow. */
  isWriting(): boolean
  /**
   * Leaves the rest of the stream to a process that outlives this one, for a command that has left something running with its
   * output open. False if no process could take it: what is written from then on is lost.
   */
  leaveBehind(): boolean
}

/** Milliseconds after which a descriptor that does not block and takes nothing is tried again. */
const AGAIN_MS = 5

/**
 * Passes every byte of a job's stream on to a descriptor of our own, no faster than its reader takes them, and shows each
 * chunk to `see` first.
 *
 * When the reader has gone, the job's pipe is closed: the job then gets SIGPIPE, as it would without us.
 */
export function passOn(
  { readable, descriptor }: JobStream,
  toDescriptor: number,
  see: (chunk: Buffer) => void,
  clock: Clock,
): PassedStream {
  let isWriting = false
  let isLeft = false
  const passed = new Promise<void>((resolve) => {
    readable.on('data', (chunk: Buffer) => {
      readable.pause()
      isWriting = true
      see(chunk)
      writeAll(toDescriptor, chunk, clock).then(
        () => {
          isWriting = false
          if (!isLeft) readable.resume()
        },
        () => {
          // EPIPE above all. A full disk is treated the same: the job's own write would have failed too.
          isWriting = false
          readable.destroy()
        },
      )
    })
    readable.on('error', () => readable.destroy())
    readable.once('close', resolve)
    readable.once('end', () => readable.destroy())
  })
  return {
    passed,
    isWriting: () => isWriting,
    leaveBehind: () => {
      isLeft = true
      readable.pause()
      return descriptor !== undefined && leaveToCat(descriptor, toDescriptor)
    },
  }
}

/** `cat` is the smallest program that goes on passing bytes. Nobody waits for it. */
function leaveToCat(from: number, to: number): boolean {
  const cat = spawn('cat', [], { stdio: [from, to, 'ignore'], detached: true })
  cat.on('error', () => {})
  cat.unref()
  return cat.pid !== undefined
}

/**
 * Writes in a thread of Node's pool: a stream of Node's own would block signals and timers while a reader is slow, or change
 * the pipe for everything that shares it.
 */
async function writeAll(descriptor: number, chunk: Buffer, clock: Clock): Promise<void> {
  let done = 0
  while (done < chunk.length) {
    const written = await new Promise<number>((resolve, reject) => {
      write(descriptor, chunk, done, chunk.length - done, null, (error, bytes) => {
        if (error === null) resolve(bytes)
        else if (error.code === 'EAGAIN') clock.schedule(() => resolve(0), AGAIN_MS)
        else reject(error)
      })
    })
    done += written
  }
}
