import { write } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Clock } from '../system-clock.ts'

/** Milliseconds after which a descriptor that takes nothing is tried again, where it does not block. */
const AGAIN_MS = 5

/**
 * Hands every byte of a job's stream on to a descriptor of our own, not faster than its reader takes them, and shows each
 * chunk to `see` before.
 *
 * When the reader has gone, the job's stream is closed: its next write then fails as it would without us. Never
 * rejects; resolves at the end of the stream.
 */
export async function passOn(
  from: Readable,
  toDescriptor: number,
  see: (chunk: Buffer) => void,
  clock: Clock,
): Promise<void> {
  try {
    for await (const chunk of from) {
      see(chunk as Buffer)
      await writeAll(toDescriptor, chunk as Buffer, clock)
    }
  } catch {
    // EPIPE above all; a full disk is no reason to stop the job in any other way either.
    from.destroy()
  }
}

/**
 * In a thread of Node's pool: a stream of Node's own would block signals and timers while a reader is slow, or change the
 * pipe for everybody who shares it.
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
