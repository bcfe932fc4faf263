import { stripVTControlCharacters } from 'node:util'
import { cutMiddle } from '@crontify/protocol'
import type { KeptOutput } from './output-tail.ts'

/** Above this share of characters that no text has, output is binary. */
const BINARY_SHARE = 0.1
const ODD_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/g
const KEY_BEGINS = '-----BEGIN PRIVATE KEY-----\n'
const MAX_LINE_LENGTH = 2_000

/**
 * The lines that a person would read: without colors, of a progress bar the last state, without empty lines at the ends. Binary
 * output is shown as its size.
 *
 * Secrets are taken out before anything is cut.
 */
export function outputLines(kept: KeptOutput, redact: (text: string) => string): readonly string[] {
  const { head, tail, leftOut, startsInKey } = kept
  if (leftOut === 0) return linesOf(Buffer.concat([head, tail]), redact)
  // What the gap cuts through is half a line, which may be half a secret.
  const first = linesOf(head, redact).slice(0, -1)
  const last = linesOf(withoutFirstLine(tail), redact, startsInKey ? KEY_BEGINS : '')
  return [...first, `… ${leftOut} bytes left out …`, ...last]
}

/** Of a single long line, what follows its first space. */
function withoutFirstLine(bytes: Buffer): Buffer {
  const lineEnd = bytes.indexOf('\n')
  const end = lineEnd === -1 ? bytes.indexOf(' ') : lineEnd
  return end === -1 ? Buffer.alloc(0) : bytes.subarray(end + 1)
}

function linesOf(bytes: Buffer, redact: (text: string) => string, before = ''): readonly string[] {
  const text = stripVTControlCharacters(bytes.toString('utf8'))
  const odd = text.match(ODD_CHARACTERS)?.length ?? 0
  if (odd > text.length * BINARY_SHARE) return [`[binary output, ${bytes.length} bytes]`]
  const readable = text.replaceAll('\r\n', '\n').split('\n').map(lastState).join('\n')
  const lines = redact(before + readable)
    .split('\n')
    .map((line) => cutMiddle(line, MAX_LINE_LENGTH).replaceAll('\n', ' '))
  const first = lines.findIndex((line) => line !== '')
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1)
}

/** Of a line that was written over and over, what it showed in the end. */
function lastState(line: string): string {
  const states = line.split('\r').filter((state) => state.trim() !== '')
  return (states.at(-1) ?? '').replaceAll(ODD_CHARACTERS, '').trimEnd()
}
