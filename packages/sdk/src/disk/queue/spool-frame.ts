import { nodeModule } from '../../node-module.ts'

/** Most bytes of one file. The longest fail ping of plain text takes about 11,000. [D PINGHTTP] */
export const MAX_FILE_BYTES: number = 64 * 1024

const FRAME = /^([^\n]*)\n([0-9a-f]{8})\n$/

/** The text of a file: one line of JSON, one line with its checksum. `undefined` if it would be too long. */
export function frame(value: unknown): string | undefined {
  const json = JSON.stringify(value)
  const text = `${json}\n${checksum(json)}\n`
  return Buffer.byteLength(text) <= MAX_FILE_BYTES ? text : undefined
}

/**
 * What a file's bytes hold, if they are whole: a disk that filled up or lost power leaves files that are cut,
 * empty or zeroed.
 */
export function unframe(bytes: Uint8Array): { readonly value: unknown } | undefined {
  if (bytes.length > MAX_FILE_BYTES) return undefined
  try {
    const [, json, sum] = FRAME.exec(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) ?? []
    if (json === undefined || sum !== checksum(json)) return undefined
    return { value: JSON.parse(json) as unknown }
  } catch {
    // No UTF-8, or no JSON.
    return undefined
  }
}

function checksum(json: string): string {
  return nodeModule('node:zlib').crc32(json).toString(16).padStart(8, '0')
}
