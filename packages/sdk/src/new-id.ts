/** What makes ids: the time in milliseconds, and numbers from 0 up to, not including, 1. */
export interface IdSources {
  now(): number
  random(): number
}

/** Ids within one millisecond of which the order is kept. */
const COUNTS = 0x1000

/**
 * Makes ids for runs and pings: UUIDs of version 7 (RFC 9562), which begin with the time and a counter.
 *
 * They must be unique, but need not be hard to guess: 62 random bits are enough, without `node:crypto`, which takes longer to load
 * than all else that a ping over plain HTTP needs.
 */
export function createNewId({ now, random }: IdSources): () => string {
  let count = Math.floor(random() * COUNTS)
  let last = -1
  let time = ''
  return () => {
    count = (count + 1) % COUNTS
    const at = Math.max(0, Math.trunc(now()))
    if (at !== last) time = digits(at, 12).replace(/^.{8}/, '$&-')
    last = at
    // Variant 0b10, in the upper bits of four digits; 14 bits of chance, and then 48.
    const variant = (0x8000 + Math.floor(random() * 0x4000)).toString(16)
    return `${time}-7${digits(count, 3)}-${variant}-${digits(Math.floor(random() * 2 ** 48), 12)}`
  }
}

function digits(value: number, length: number): string {
  return value.toString(16).padStart(length, '0').slice(-length)
}
