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
  const digits = (value: number, length: number): string =>
    value.toString(16).padStart(length, '0').slice(-length)
  const randomDigits = (length: number): string => digits(Math.floor(random() * 16 ** length), length)
  return () => {
    count = (count + 1) % COUNTS
    const time = digits(Math.max(0, Math.trunc(now())), 12)
    const variant = digits(8 + Math.floor(random() * 4), 1)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(count, 3)}-${variant}${randomDigits(3)}-${randomDigits(12)}`
  }
}
