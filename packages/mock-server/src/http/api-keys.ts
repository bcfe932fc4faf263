import { timingSafeEqual } from 'node:crypto'

/** Which of the known keys this is, counted from 0; `undefined` for one that is not accepted. */
export type KeyCheck = (given: string | undefined) => number | undefined

/** Bytes to which keys are padded, unless one is longer. */
const PADDED_BYTES = 512

/**
 * Checks keys in a time that says nothing about them: all are padded to one length, and compared whole and with every key.
 */
export function createKeyCheck(keys: readonly string[]): KeyCheck {
  const size = Math.max(PADDED_BYTES, ...keys.map((key) => Buffer.byteLength(key)))
  const known = keys.map((key) => padded(key, size))
  return (given) => {
    if (given === undefined || Buffer.byteLength(given) > size) return undefined
    const presented = padded(given, size)
    let found: number | undefined
    known.forEach((key, index) => {
      if (timingSafeEqual(key, presented)) found = index
    })
    return found
  }
}

/** The length comes first, so that no key equals another one with zeros behind it. */
function padded(key: string, size: number): Buffer {
  const bytes = Buffer.alloc(size + 4)
  bytes.writeUInt32LE(bytes.write(key, 4))
  return bytes
}
