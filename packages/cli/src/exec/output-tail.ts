import { createKeyWatch } from './private-key-watch.ts'

/** The first and the last bytes that a stream carried. */
export interface KeptOutput {
  readonly head: Buffer
  readonly tail: Buffer
  /** Bytes between the two that are not kept. */
  readonly leftOut: number
  /** True if `tail` starts inside a private key, whose first line is gone. */
  readonly startsInKey: boolean
}

/** Keeps the ends of a stream in bounded memory, whatever it carries. */
export interface OutputTail {
  add(chunk: Buffer): void
  kept(): KeptOutput
}

const HEAD_BYTES = 4 * 1024
const TAIL_BYTES = 32 * 1024

export function createOutputTail(): OutputTail {
  const keys = createKeyWatch()
  let head = Buffer.alloc(0)
  let tail: Buffer[] = []
  let tailBytes = 0
  let leftOut = 0

  const drop = (bytes: Buffer): void => {
    leftOut += bytes.length
    keys.pass(bytes)
  }
  const shorten = (): void => {
    const all = Buffer.concat(tail)
    drop(all.subarray(0, -TAIL_BYTES))
    tail = [Buffer.from(all.subarray(-TAIL_BYTES))]
    tailBytes = TAIL_BYTES
  }
  const addToTail = (chunk: Buffer): void => {
    if (chunk.length >= TAIL_BYTES) {
      for (const part of tail) drop(part)
      drop(chunk.subarray(0, -TAIL_BYTES))
      // A copy of what is kept: a part of a chunk would hold all of it in memory.
      tail = [Buffer.from(chunk.subarray(-TAIL_BYTES))]
      tailBytes = TAIL_BYTES
      return
    }
    tail.push(Buffer.from(chunk))
    tailBytes += chunk.length
    if (tailBytes > 2 * TAIL_BYTES) shorten()
  }
  return {
    add: (chunk) => {
      const room = HEAD_BYTES - head.length
      if (room > 0) {
        head = Buffer.concat([head, chunk.subarray(0, room)])
        keys.pass(chunk.subarray(0, room))
      }
      if (chunk.length > room) addToTail(chunk.subarray(Math.max(0, room)))
    },
    kept: () => {
      if (tailBytes > TAIL_BYTES) shorten()
      const end = Buffer.concat(tail)
      return { head, tail: end, leftOut, startsInKey: leftOut > 0 && keys.isOpenAfter(end) }
    },
  }
}
