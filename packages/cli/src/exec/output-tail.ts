/** The first and the last bytes that a stream carried. */
export interface KeptOutput {
  readonly head: Buffer
  readonly tail: Buffer
  /** Bytes between the two that are not kept. */
  readonly leftOut: number
}

/** Keeps the ends of a stream in bounded memory, whatever it carries. */
export interface OutputTail {
  add(chunk: Buffer): void
  kept(): KeptOutput
}

const HEAD_BYTES = 4 * 1024
const TAIL_BYTES = 32 * 1024

export function createOutputTail(): OutputTail {
  let head = Buffer.alloc(0)
  let tail: Buffer[] = []
  let tailBytes = 0
  let leftOut = 0

  const addToTail = (chunk: Buffer): void => {
    // A copy of what is kept: a part of a chunk would hold all of it in memory.
    const end = Buffer.from(chunk.subarray(-TAIL_BYTES))
    leftOut += chunk.length - end.length
    tail.push(end)
    tailBytes += end.length
    if (tailBytes <= 2 * TAIL_BYTES) return
    const all = Buffer.concat(tail)
    leftOut += all.length - TAIL_BYTES
    tail = [Buffer.from(all.subarray(-TAIL_BYTES))]
    tailBytes = TAIL_BYTES
  }
  return {
    add: (chunk) => {
      const room = HEAD_BYTES - head.length
      if (room > 0) head = Buffer.concat([head, chunk.subarray(0, room)])
      if (chunk.length > room) addToTail(chunk.subarray(Math.max(0, room)))
    },
    kept: () => {
      const all = Buffer.concat(tail)
      const end = all.subarray(-TAIL_BYTES)
      return { head, tail: end, leftOut: leftOut + all.length - end.length }
    },
  }
}
