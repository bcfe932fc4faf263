/** Watches the bytes before the tail, so that the rest of a private key is recognized without its first line. */
export interface KeyWatch {
  pass(bytes: Buffer): void
  /** True if the first whole line of `kept` is inside a private key that began before. */
  isOpenAfter(kept: Buffer): boolean
}

const MARK = 'PRIVATE KEY'
/** Longer than any line that begins or ends a key. */
const LINE_BYTES = 128

export function createKeyWatch(): KeyWatch {
  let isOpen = false
  let lastBytes = Buffer.alloc(0)
  return {
    pass: (bytes) => {
      if (bytes.length === 0) return
      // A mark may lie across the border of two pieces.
      isOpen = isOpenIn(Buffer.concat([lastBytes, bytes.subarray(0, LINE_BYTES)])) ?? isOpen
      isOpen = isOpenIn(bytes) ?? isOpen
      lastBytes = Buffer.from(Buffer.concat([lastBytes, bytes.subarray(-LINE_BYTES)]).subarray(-LINE_BYTES))
    },
    isOpenAfter: (kept) => {
      const lineEnd = kept.indexOf('\n')
      const firstLine = kept.subarray(0, lineEnd === -1 ? LINE_BYTES : Math.min(lineEnd, LINE_BYTES))
      return isOpenIn(Buffer.concat([lastBytes, firstLine])) ?? isOpen
    },
  }
}

/** Whether a key is open behind the last mark; `undefined` if there is none. */
function isOpenIn(bytes: Buffer): boolean | undefined {
  for (let at = bytes.lastIndexOf(MARK); at !== -1; at = at === 0 ? -1 : bytes.lastIndexOf(MARK, at - 1)) {
    const before = bytes.toString('latin1', Math.max(0, at - LINE_BYTES), at)
    const [, kind] = /-----(BEGIN|END) [A-Z0-9 ]{0,40}$/.exec(before) ?? []
    if (kind !== undefined) return kind === 'BEGIN'
  }
  return undefined
}
