import { REDACTED } from './redacted.ts'

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY/
/** In every line that begins or ends a key; a quick look for it saves the patterns. */
const MARK = 'PRIVATE KEY'
/** Longest line that begins or ends a key, in characters. */
const LONGEST_EDGE = 80

/** A text without the private keys in it: to the end of each, or to the end of the text, because half a key is still a key. */
export function redactPrivateKeys(text: string): string {
  let redacted = ''
  let rest = text
  while (rest.includes(MARK)) {
    const begin = BEGIN.exec(rest)
    if (begin === null) break
    const bodyAt = begin.index + begin[0].length
    redacted += rest.slice(0, bodyAt) + REDACTED
    rest = rest.slice(bodyAt)
    rest = rest.slice(END.exec(rest)?.index ?? rest.length)
  }
  return redacted + rest
}

/** True if a private key has begun before that index and has not ended there. */
export function isInPrivateKey(text: string, index: number): boolean {
  for (let at = text.lastIndexOf(MARK, index); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(MARK, at - 1)) {
    const edge = text.slice(Math.max(0, at - LONGEST_EDGE), Math.min(index, at + LONGEST_EDGE))
    const ends = edge.lastIndexOf('-----END ')
    const begins = edge.lastIndexOf('-----BEGIN ')
    if (ends >= 0 || begins >= 0) return begins > ends
  }
  return false
}

/** What is left of a private key that was logged line by line. */
const REMOVED = '[private key redacted]'
/** A line of a key, maybe with a time stamp in front of it, or as a field of JSON. */
const KEY_LINE = /(?:^|\s)[A-Za-z0-9+/=]{8,}\s*$|"[A-Za-z0-9+/=]{20,}"/

/**
 * Takes private keys out of lines that come one by one, so that none is cut in half later.
 *
 * Returns the line to keep, or `undefined` for a line of a key. A key that never ends costs only lines that look like one.
 */
export function createKeyLineFilter(): (line: string) => string | undefined {
  let isOpen = false
  return (line) => {
    if (!isOpen && !line.includes(MARK)) return line
    if (isOpen && END.test(line)) {
      isOpen = false
      return undefined
    }
    if (isOpen) return KEY_LINE.test(line) ? undefined : line
    isOpen = isInPrivateKey(line, line.length)
    if (!isOpen) return redactPrivateKeys(line)
    return redactPrivateKeys(line).replace(
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----\[redacted\]$/,
      REMOVED,
    )
  }
}
